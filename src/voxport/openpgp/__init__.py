"""OpenPGP: customers' public keys are judged, and bytes encrypted with them (RFC 9580, RFC 4880).

Alone knows the OpenPGP library (Sequoia), which runs in processes of its own (`child.py`): it holds the interpreter's
lock while it works, and reads what strangers have uploaded. Never sees a private key: one that is sent is refused.
"""
