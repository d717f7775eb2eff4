"""Whole calls by authors who had read no rules, each in a file of its own with the details that it draws."""
