"""Delivery: takes what is to be sent to a customer's address and makes it arrive, try by try.

Knows neither the wire nor the database: the workflow hands over bytes, and writes down what came of each try.
"""
