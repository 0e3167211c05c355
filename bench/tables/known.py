"""Write `index.txt`: the keys under which the known names are looked up, made from the other tables.

Run whenever one of them, or the making of keys, has changed:

    python -m bench.tables.known > /tmp/index.txt && mv /tmp/index.txt worker/stages/names/data/index.txt
"""

from worker.stages.names.tables import index

_HEAD = """\
# What the other tables know, under the keys by which names are looked up. Data and licences: see there (From general
# knowledge; GeoNames, CC BY 4.0; Unicode CLDR, Unicode License v3). Made by bench/tables/known.py; not to be edited.
"""


def main() -> None:
    print(_HEAD, end="")
    for line in index():
        print(line)


if __name__ == "__main__":
    main()
