"""Lists the attacks, or serves them on loopback until it is stopped: to try a client by hand.

python -m bench.hostile
python -m bench.hostile --serve
"""

import argparse
import threading

from bench.hostile import ATTACKS, HostileServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description="What servers do to their readers.")
    parser.add_argument("--serve", action="store_true", help="serve them on loopback until stopped")
    if parser.parse_args().serve:
        _serve()
    else:
        _list("")


def _serve() -> None:
    with HostileServer() as server:
        _list(f"{server.base}/")
        print(f"\nGood: {server.well()}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def _list(before: str) -> None:
    """Each attack with its sentence; `before` makes its name an address."""
    for attack in ATTACKS.values():
        print(f"{attack.kind:6}{before + attack.name:{len(before) + 26}}{attack.does}")


if __name__ == "__main__":
    main()
