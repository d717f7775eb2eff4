"""The console at `/console`: pages for people over the public API, with the token of whoever has signed in.

It knows nothing that this token could not ask: all that it reads and changes goes through `public_api`. It never sees
the database, the object store or the wire's own types.
"""
