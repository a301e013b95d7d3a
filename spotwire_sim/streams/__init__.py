"""Streams of simulated venues: WebSocket connections whose events come from the exchange's own matching.

`document` reads the venue's AsyncAPI document, `hub` makes events of what happens at the exchange, `session` is one client's
conversation with its faults, `connection` the bytes of it. The words of a venue stand in `faces/<venue>_streams.py`.
"""
