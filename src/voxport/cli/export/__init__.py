"""`voxport export`: signs upload URLs for recordings, and sends the recordings with them, one or many thousands.

The same flags, keys and printed lines as the platform's own export tool, and what people then want. It is a client: it
knows servers and stores over HTTP only, and nothing of this machine's server.
"""
