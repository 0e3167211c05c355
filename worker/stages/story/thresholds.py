"""What the story stage has learned: the weights and limits of `model`.

Written by `python -m bench.quality.thresholds`, whose docstring says how, and what of it is judged; not by hand.
"""

from worker.stages.story.evidence import Evidence
from worker.stages.story.model import ByLength, Model, Weighing

LEARNED = Model(
    words=ByLength(
        headline=Weighing(
            Evidence(
                words=8.76,
                names=0.0,
                title=3.16,
                numbers=1.21,
                elsewhere=-3.0,
                size=0.06,
                gap=-8.0,
                meaning=0.0,
                leadless=0.0,
                rare=0.85,
                rare_abroad=2.0,
                brief=0.0,
            ),
            base=-2.76,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(
                words=7.9,
                names=6.54,
                title=0.0,
                numbers=0.0,
                elsewhere=0.0,
                size=0.0,
                gap=-6.85,
                meaning=0.0,
                leadless=-2.0,
                rare=1.1,
                rare_abroad=3.66,
                brief=4.13,
            ),
            base=-4.96,
            limit=0.0,
        ),
    ),
    meaning=ByLength(
        headline=Weighing(
            Evidence(
                words=3.53,
                names=0.0,
                title=0.91,
                numbers=0.64,
                elsewhere=-3.0,
                size=-0.17,
                gap=-8.0,
                meaning=8.11,
                leadless=0.0,
                rare=1.2,
                rare_abroad=2.0,
                brief=0.0,
            ),
            base=-4.41,
            limit=-2.0,
        ),
        full_text=Weighing(
            Evidence(
                words=4.44,
                names=5.67,
                title=0.0,
                numbers=0.0,
                elsewhere=0.0,
                size=0.0,
                gap=-6.74,
                meaning=5.66,
                leadless=-2.0,
                rare=0.91,
                rare_abroad=4.6,
                brief=3.29,
            ),
            base=-6.36,
            limit=0.0,
        ),
    ),
    merge=3.0,
)
