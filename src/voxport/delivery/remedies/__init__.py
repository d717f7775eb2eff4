"""What to do about refusals: rows of data, and the one look-up over them."""
