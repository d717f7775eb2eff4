"""How a cover is made: the words that stand in a transcript, the tones that stand in a file."""
