"""The durable way of a call: every task, in the order of the story, and the only room that knows the job engine.

`story.py` is the page to read first. Arguments of jobs are ids; audio, transcripts and results never enter the queue.
Every task is safe to run twice, and at any moment every process may be killed.
"""
