"""A call as a dialogue about numbers: lines of words, digits, and the phrases that say what they are."""
