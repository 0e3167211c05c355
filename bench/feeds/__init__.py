"""Real feed quirks, a file each, through the real poll path, and held to what the files themselves expect.

    folder ── quirk (a file: body, headers, what it expects) ──┬── site ── polling: every file polled twice
                                                               └── expectation ── answers: what we make of it
                                                                                     └── report

The files are not ours and not here: `python -m bench.feeds --feeds FOLDER` says where they are. They follow the
convention of feedparser's own tests: a comment at the top names headers to send and what feedparser gives.
"""
