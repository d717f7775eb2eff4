"""Dispatcher: claimed from their table, bounded endpoint by endpoint, made into requests, sent, and written down."""
