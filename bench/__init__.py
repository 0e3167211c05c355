"""Quality and speed, measured on the code as it is, and what it is measured against. Run from a checkout:

    python -m bench.reading   what reading an article costs, stage by stage
    python -m bench.poll      what polling costs, beside another reader
    python -m bench.feeds     a folder of feed quirks through the real poll path, held to what the files expect
    python -m bench.mutants   feeds with random damage: nothing dies, nothing takes longer than it may
    python -m bench.hostile   servers, feeds and pages made to do harm

Each has `--help`.
"""
