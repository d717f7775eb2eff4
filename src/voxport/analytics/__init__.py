"""Analytics: what a call was about and how it went, one file a finding.

Works on the transcript as the customer sees it: what redaction covered, analysis never saw. Knows neither the wire nor
the database, needs no network, and loads a model only when something that needs it is asked for.
"""
