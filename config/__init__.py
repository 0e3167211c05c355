"""What the user sets: `settings` from the environment, `topics` and `sources` from files, and what is wrong in them.

`errors` is what callers catch. Every other module here serves these four. Nothing is fetched, stored or sent.
"""
