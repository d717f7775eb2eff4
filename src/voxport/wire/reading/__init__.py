"""What both dialects share for reading requests: it knows values, limits and codes, and no field name of a dialect."""
