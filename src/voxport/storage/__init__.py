"""What we keep: rows in PostgreSQL (`store`, `tenant`, `work`), bytes in an object store (`blobs`).

This room knows no wire format, no HTTP and no job queue; other rooms know no SQL.
"""
