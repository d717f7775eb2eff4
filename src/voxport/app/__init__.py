"""The only place that builds things and hands them out: from settings to an API, or to the dependencies of a worker.

Its modules are apart by what they load: a command that only reads the database loads neither models nor the API.
"""
