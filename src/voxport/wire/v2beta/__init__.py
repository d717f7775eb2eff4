"""The older dialect, v2-beta: requests become the core values that v3's do too, bodies are made from the same ones."""
