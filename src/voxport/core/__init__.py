"""Values that every room shares; this room imports nothing of ours and does no I/O."""
