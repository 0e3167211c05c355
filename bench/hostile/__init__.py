"""A server that does on loopback what servers, feeds and pages do to their readers out there, each on its own path.

    with HostileServer() as server:
        door.get(server.url("drip-body"))        # must give up in time
        poll(server.url("billion-laughs"))       # must say why on the source
        poll(server.feed_of("nested-div"))       # a feed with one entry, whose page that is
        assert not server.canary.visits          # nobody was led there

`ATTACKS` lists them all, and so does `python -m bench.hostile`. Each one ends by itself: after a minute, after so many
bytes, or with the server.
"""

from bench.hostile import feeds, pages, wire
from bench.hostile.attack import ATTACKS, Attack, Kind
from bench.hostile.canary import Canary
from bench.hostile.server import HostileServer

__all__ = ["ATTACKS", "Attack", "Canary", "HostileServer", "Kind", "feeds", "pages", "wire"]
