"""How much to try: enough to notice a mistake in `make test`, everything in `make faults` (FAULTS=thorough)."""

import os

IS_THOROUGH = os.environ.get("FAULTS") == "thorough"
