"""Resources that only the older dialect has, or has otherwise."""
