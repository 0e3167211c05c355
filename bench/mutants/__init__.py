"""Feeds, sitemaps and pages broken in every way, a hundred thousand at a time: nothing may raise, die, stall or lie.

    corpus ── mutate ── Mutant ── trial ──┬── the parsers, as worker/steps/poll/parse.py calls them
                                          └── promises: what must hold of every answer
                                   tally ◀┘

A mutant is known by a seed and its number, and is the same whenever it is made from the same corpus; so a run can be
taken up again, and a find be looked at. `python -m bench.mutants` runs them, a small run is among the tests.
"""
