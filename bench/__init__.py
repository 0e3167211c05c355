"""Quality and speed, measured on the code as it is. Run from a checkout: `python -m bench.reading`."""
