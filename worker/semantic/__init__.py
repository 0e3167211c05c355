"""Sentence vectors from MiniLM, run by onnxruntime in whole numbers, without PyTorch. Optional: the extra `semantic`.

    load_embedder(folder)        load: is the extra installed? then an Embedder, else None
        │
        ├─▶ model_files          weights: what the package with the weights brings, and how it is read
        ├─▶ cached_graph         cache: the model as an ONNX file in a folder, made where it is missing
        │       └─▶ build        graph: the layers of MiniLM, written as ONNX
        ▼
    MiniLm.embed(texts)          minilm: texts to tokens to vectors

What a vector is and how two compare is in `worker.stages.vector`. Nothing here is imported before it is needed: without
the extra, this package costs nothing and everything else works.
"""
