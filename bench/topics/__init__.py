"""Many topics: what matching costs, what loading costs, and how that compares with percolation from a package.

    python -m bench.topics                                    2,000 topics over the articles of `seeds/world`
    python -m bench.topics articles.jsonl --topics 20000      over articles as `storytrail ingest` takes them
    python -m bench.topics articles.jsonl --full              100,000 topics
    python -m bench.topics articles.jsonl --every             every article asked of every query, some minutes more

The topics are made from the articles' own names and words, always the same from the same articles; one in ten is about
an article at hand (see `synthetic`), however many there are. So a hundred times the topics match a hundred times as
often, and what an article costs is told in parts: *asking*, from the prepared article to the topics that hold, with
what each topic that is asked adds to it, and *telling a match*, which is to find every place of it for its receipt. The
first is what an index is for; the second grows with what is found. How many topics matched stands beside each figure.

More people do follow other stories, too. So the same is measured once more with all topics beyond the first thousand
about what is elsewhere in the news: what an article matches stays nearly the same, and what is left is the index's.

That the index finds what every query in turn finds is asserted on all articles for a thousand topics spread over all,
and on a few articles for all topics; with `--every` on all articles for all topics, where what queries share is asked
once (see `each_query`). All times are CPU time of one core; the words of the articles are split before, as reading has
split them by then.
"""
