"""What polling costs, ours beside lemon24/reader: a site of made feeds, and contenders that poll it. See `--help`."""
