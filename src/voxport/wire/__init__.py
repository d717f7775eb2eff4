"""The dialects that clients speak, each a folder over the same core values.

This room alone spells the field names of the wire. It does no I/O: text in, core values out, and back.
"""
