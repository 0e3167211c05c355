"""Alerts in words: what stands on a lock screen, what stands below it, the same as HTML, and the JSON programs get.

    AlertView ── telling (which words, for which reason) ── Section ──┬─ plain  text for any channel
                                                                      └─ html   for mail, feeds and rich chat
    AlertView ── payload

The title says which topic and what is new; the body does not say it again. Its first line goes on in one sentence, then
come outlet and link, then details, then who else reports. Whether to tell is `worker.stages.alert`'s matter, and how
long a text a channel takes is the channel's.
"""

from worker.stages.message.digest import render_digest
from worker.stages.message.group import Rendered, render, render_group
from worker.stages.message.payload import digest_payload, group_payload, payload
from worker.stages.message.plain import fitted
from worker.stages.message.views import (
    AlertView,
    Carrier,
    ChangeView,
    DisagreementView,
    QuietSource,
    ValueView,
)

__all__ = [
    "AlertView",
    "Carrier",
    "ChangeView",
    "DisagreementView",
    "QuietSource",
    "Rendered",
    "ValueView",
    "digest_payload",
    "fitted",
    "group_payload",
    "payload",
    "render",
    "render_digest",
    "render_group",
]
