"""Sorting calls into classes that an organisation has learned from calls it has labelled itself.

Multinomial logistic regression over hashed words and pairs of words, with numpy alone (decision 0027).
"""
