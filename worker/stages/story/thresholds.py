"""What the story stage has learned: the weights and limits of `model`.

Written by `python -m bench.quality.thresholds`, whose docstring says how, and what of it is judged; not by hand.
"""

from worker.stages.story.evidence import Evidence
from worker.stages.story.model import ByLength, Model, Weighing

LEARNED = Model(
    words=ByLength(
        headline=Weighing(
            Evidence(words=9.17, names=0.0, title=2.81, numbers=1.2, elsewhere=-3.0, size=-0.01, gap=-8.0, meaning=0.0),
            base=-2.74,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(words=8.4, names=3.6, title=0.0, numbers=0.36, elsewhere=0.0, size=0.0, gap=-5.16, meaning=0.0),
            base=-3.24,
            limit=0.0,
        ),
    ),
    meaning=ByLength(
        headline=Weighing(
            Evidence(
                words=4.48, names=0.0, title=1.04, numbers=0.68, elsewhere=-3.0, size=-0.17, gap=-8.0, meaning=7.5
            ),
            base=-4.26,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(words=5.04, names=3.36, title=0.0, numbers=0.36, elsewhere=0.0, size=0.0, gap=-3.36, meaning=3.6),
            base=-3.84,
            limit=0.0,
        ),
    ),
    names_alone=0.27,
    merge=2.0,
)
