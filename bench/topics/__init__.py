"""Many topics: what matching costs, what loading costs, and how that compares with percolation from a package.

    python -m bench.topics                                    2,000 topics over the articles of `seeds/world`
    python -m bench.topics articles.jsonl --topics 20000      over articles as `storytrail ingest` takes them
    python -m bench.topics articles.jsonl --full              100,000 topics, every article asked of every query

The topics are made from the articles' own names and words, always the same from the same articles. All times are CPU
time of one core; the words of the articles are split before, as reading has split them by then.
"""
