"""Conditions of a statement as PostgreSQL: every value is a parameter, and all words of SQL are ours."""
