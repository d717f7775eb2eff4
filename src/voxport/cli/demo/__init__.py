"""`voxport demo`: one call through everything, on this machine alone.

`command` runs it, `local_s3` is the customer's side with its bucket, `summary` says what the call was about.
"""
