"""Starter sources and topics, the demo's invented news world, and the small site that serves it on loopback."""
