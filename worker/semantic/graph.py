"""MiniLM written as an ONNX graph: one text's token numbers in, its unit vector out.

The model is all-MiniLM-L6-v2, a BERT encoder of six layers (Devlin et al., "BERT", 2019; Wang et al., "MiniLM", 2020)
whose token vectors are averaged (Reimers and Gurevych, "Sentence-BERT", 2019). The graph takes one text at a time. On
one processor core a batch is no faster, and without one nothing is padded or masked, and a text's vector does not
depend on the texts that happened to be beside it.

In whole numbers the model takes about half the time and a quarter of the memory that it takes in floats.
Weights are rounded once, with a scale for each column (for the words: for each word); what flows through is rounded as
it comes, with a scale for each text. Weights keep seven bits and not eight: many processors add pairs of eight-bit
products in sixteen bits, which would overflow and give other vectors than processors that have an instruction for it.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from worker.semantic.shape import MAX_TOKENS, TOKENS, VECTOR
from worker.semantic.weights import Tensors

HEADS, HEAD_WIDTH = 12, 32
WIDTH = HEADS * HEAD_WIDTH
LAYERS = 6

_OPSET = 20  # the first with Gelu
_IR_VERSION = 9  # that came with it: a younger onnx may write what an older onnxruntime cannot read
_EPSILON = 1e-12
_LARGEST_WEIGHT = 63
_LARGEST_WORD = 127  # words are looked up, not multiplied

Floats = NDArray[np.float32]


def build(tensors: Tensors, *, in_floats: bool = False) -> bytes:
    """The model as an ONNX file. `in_floats` leaves the weights as they are. Raises KeyError for a missing tensor."""
    graph = _Graph(tensors, in_floats=in_floats)
    tokens = _embeddings(graph)
    for layer in range(LAYERS):
        tokens = _layer(graph, tokens, f"encoder.layer.{layer}.")
    mean = graph.add("ReduceMean", tokens, graph.constant(np.array([0], np.int64)), keepdims=0)
    graph.add("LpNormalization", mean, axis=-1, p=2, output=VECTOR)
    return graph.to_bytes()


class _Graph:
    """The nodes and constants so far. `add` names its result, so that layers read as calls."""

    def __init__(self, tensors: Tensors, *, in_floats: bool) -> None:
        self.tensors = tensors
        self.in_floats = in_floats
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def add(self, operator: str, *inputs: str, output: str = "", outputs: int = 0, **attributes: Any) -> Any:
        """The name of the node's result; a list of names with `outputs`."""
        name = output or f"node{len(self._nodes)}"
        names = [f"{name}.{number}" for number in range(outputs)] or [name]
        self._nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names if outputs else name

    def constant(self, values: NDArray[Any] | np.generic) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values).reshape(values.shape), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(self.tensors[name])

    def normalised(self, tokens: str, name: str) -> str:
        weight, bias = self.weight(name + ".weight"), self.weight(name + ".bias")
        return str(self.add("LayerNormalization", tokens, weight, bias, axis=-1, epsilon=_EPSILON))

    def linear(self, tokens: str, weight: Floats, bias: Floats) -> str:
        """tokens @ weight.T + bias."""
        product = self._product(tokens, weight.T) if self.in_floats else self._rounded_product(tokens, weight.T)
        return str(self.add("Add", product, self.constant(bias)))

    def _product(self, tokens: str, weight: Floats) -> str:
        return str(self.add("MatMul", tokens, self.constant(weight)))

    def _rounded_product(self, tokens: str, weight: Floats) -> str:
        codes, scales = rounded(weight, _LARGEST_WEIGHT, axis=0)
        whole, scale, zero = self.add("DynamicQuantizeLinear", tokens, outputs=3)
        product = self.add("MatMulInteger", whole, self.constant(codes), zero)
        both_scales = self.add("Mul", scale, self.constant(scales.reshape(-1)))
        return str(self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), both_scales))

    def to_bytes(self) -> bytes:
        tokens = helper.make_tensor_value_info(TOKENS, TensorProto.INT64, ["length"])
        vector = helper.make_tensor_value_info(VECTOR, TensorProto.FLOAT, [WIDTH])
        graph = helper.make_graph(self._nodes, "minilm", [tokens], [vector], self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
        return bytes(model.SerializeToString())


def rounded(weight: Floats, largest: int, *, axis: int) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers up to `largest`, and by what to multiply them again; one scale for all along `axis`."""
    scales = np.abs(weight).max(axis, keepdims=True) / np.float32(largest)
    scales[scales == 0] = 1  # all zeros, in any scale
    return np.rint(weight / scales).astype(np.int8), scales


def _embeddings(graph: _Graph) -> str:
    """What each token means, and where it stands. All belong to the first of BERT's two sentences."""
    name = "embeddings."
    places = (
        graph.tensors[name + "position_embeddings.weight"] + graph.tensors[name + "token_type_embeddings.weight"][0]
    )
    length = graph.add("Shape", TOKENS)
    here = graph.add("Slice", graph.constant(places[:MAX_TOKENS]), graph.constant(np.array([0], np.int64)), length)
    return graph.normalised(graph.add("Add", _words(graph, name + "word_embeddings.weight"), here), name + "LayerNorm")


def _words(graph: _Graph, name: str) -> str:
    if graph.in_floats:
        return str(graph.add("Gather", graph.weight(name), TOKENS))
    codes, scales = rounded(graph.tensors[name], _LARGEST_WORD, axis=1)
    words = graph.add("Cast", graph.add("Gather", graph.constant(codes), TOKENS), to=TensorProto.FLOAT)
    return str(graph.add("Mul", words, graph.add("Gather", graph.constant(scales), TOKENS)))


def _layer(graph: _Graph, tokens: str, name: str) -> str:
    """One encoder layer: attention and a feed-forward network, each added to what came in and normalised."""
    attended = _dense(graph, _attention(graph, tokens, name + "attention.self."), name + "attention.output.dense")
    tokens = graph.normalised(graph.add("Add", tokens, attended), name + "attention.output.LayerNorm")
    wide = graph.add("Gelu", _dense(graph, tokens, name + "intermediate.dense"))
    narrow = _dense(graph, wide, name + "output.dense")
    return graph.normalised(graph.add("Add", tokens, narrow), name + "output.LayerNorm")


def _dense(graph: _Graph, tokens: str, name: str) -> str:
    return graph.linear(tokens, graph.tensors[name + ".weight"], graph.tensors[name + ".bias"])


def _attention(graph: _Graph, tokens: str, name: str) -> str:
    """What each token takes from the others, head by head."""
    query, key, value = graph.add("Split", _projected(graph, tokens, name), outputs=3, axis=-1, num_outputs=3)
    scores = graph.add("MatMul", _heads(graph, query, [1, 0, 2]), _heads(graph, key, [1, 2, 0]))
    taken = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), _heads(graph, value, [1, 0, 2]))
    together = graph.add("Transpose", taken, perm=[1, 0, 2])
    return str(graph.add("Reshape", together, graph.constant(np.array([0, WIDTH], np.int64))))


def _projected(graph: _Graph, tokens: str, name: str) -> str:
    """Queries, keys and values in one product. The queries are scaled here, so that the scores need not be."""
    parts = {"query": 1 / math.sqrt(HEAD_WIDTH), "key": 1.0, "value": 1.0}
    weight = np.concatenate([graph.tensors[f"{name}{part}.weight"] * np.float32(by) for part, by in parts.items()])
    bias = np.concatenate([graph.tensors[f"{name}{part}.bias"] * np.float32(by) for part, by in parts.items()])
    return graph.linear(tokens, weight, bias)


def _heads(graph: _Graph, tokens: str, order: list[int]) -> str:
    apart = graph.add("Reshape", tokens, graph.constant(np.array([0, HEADS, HEAD_WIDTH], np.int64)))
    return str(graph.add("Transpose", apart, perm=order))
