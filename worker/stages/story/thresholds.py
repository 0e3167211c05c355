"""What the story stage has learned: the weights and limits of `model`.

Written by `python -m bench.quality.thresholds`, whose docstring says how; not by hand.
"""

from worker.stages.story.evidence import Evidence
from worker.stages.story.model import ByLength, Model, Weighing

LEARNED = Model(
    words=ByLength(
        headline=Weighing(
            Evidence(words=7.58, names=0.0, title=3.99, numbers=1.49, elsewhere=-3.0, size=0.03, gap=-1.5, meaning=0.0),
            base=-2.78,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(words=7.13, names=5.38, title=2.8, numbers=0.69, elsewhere=-0.5, size=0.0, gap=-1.5, meaning=0.0),
            base=-6.21,
            limit=-2.0,
        ),
    ),
    meaning=ByLength(
        headline=Weighing(
            Evidence(
                words=3.12, names=0.0, title=2.33, numbers=0.99, elsewhere=-3.0, size=-0.11, gap=-1.5, meaning=7.11
            ),
            base=-4.25,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(
                words=5.22, names=5.3, title=2.28, numbers=0.64, elsewhere=-0.35, size=0.0, gap=-1.5, meaning=3.13
            ),
            base=-7.2,
            limit=-2.0,
        ),
    ),
    names_alone=0.27,
    merge=2.0,
)
