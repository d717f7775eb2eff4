"""Redaction: finds what must not be kept in a call and covers it, in words and in sound, by one set of spans.

Knows neither the wire nor the database. What it cannot place in time fails the media rather than leak.
"""
