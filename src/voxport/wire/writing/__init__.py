"""What the dialects share when they write: times, links, text formats, words, the task graph, errors.

Nothing here knows a path or a document of one dialect; the dialects stand above and call in.
"""
