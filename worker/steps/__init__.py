"""One file for each step of an article's way: claim, work, commit.

A step takes the process's runtime and one id, and may be called for any id at any time: what is not due, or is held by
another, it leaves alone. It raises nothing for what a feed, page or receiver does wrong; that stands on the row.
"""
