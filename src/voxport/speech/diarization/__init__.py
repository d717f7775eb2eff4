"""Who speaks when on one channel: changes of speaker, voices, and which words are whose (decision 0038)."""
