"""From whatever came in to one PCM stream a channel: fetching a media URL, recognising the file, decoding it.

This room never sees a database or a wire format, and no file makes it open another file or an address.
"""
