"""From whatever came in to one PCM file a channel: fetching a media URL, and which channels are whose.

This room never sees a database or a wire format. Opening and decoding files is the work of `voxport.audio`.
"""
