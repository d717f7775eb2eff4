"""Speech: decoded channels in, words with times, speakers and confidence out.

This room alone knows the model libraries. It never sees the wire, the database or the durable engine: it is given
samples, a place for partial results and a way to ask whether it should stop.
"""
