"""What we keep: rows in PostgreSQL (`postgres`, and one module a noun), bytes in an object store (`objects`).

This room knows no wire format, no HTTP and no job queue; other rooms know no SQL.
"""
