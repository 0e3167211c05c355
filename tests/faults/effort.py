"""How much to try: enough to notice a mistake in `make test`, everything in `make faults` (FAULTS=thorough)."""

import os

IS_THOROUGH = os.environ.get("FAULTS") == "thorough"

EVERY = 1 if IS_THOROUGH else 3  # of the moments at which something can happen, that many are taken together
