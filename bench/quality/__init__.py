"""How well articles are read, and copies, names and stories found: `make quality` prints the table."""
