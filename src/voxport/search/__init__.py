"""The language in which calls are asked for (VBQL), and how what was said is laid out to be asked.

Knows neither the database nor the wire: `storage/search/` makes PostgreSQL of what is read here.
"""
