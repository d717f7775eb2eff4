"""Delivery: takes what is to be sent to a customer's address and makes it arrive, attempt by attempt.

Knows neither the wire nor the database: the workflow hands over bytes, and records each attempt.
"""
