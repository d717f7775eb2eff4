"""`make bench`: measures Voxport against plain recognisers and against its own promises, all in one run.

Nothing here is a test: it prints figures and the machine they were taken on. Bars stand beside them for the reader.
"""
