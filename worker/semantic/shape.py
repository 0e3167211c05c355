"""What who makes the graph and who runs it must agree on."""

VERSION = 1  # of the graph; a change that changes vectors raises it
MAX_TOKENS = 128  # of a text; what follows is not read
TOKENS, VECTOR = "tokens", "vector"  # what goes in, what comes out
