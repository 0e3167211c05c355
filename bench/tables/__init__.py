"""Scripts that make the committed tables of `worker/stages/names/data` from packaged, openly licensed data."""
