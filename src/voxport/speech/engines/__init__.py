"""Recognition engines, one file each; `speech/engine.py` says what an engine has to do."""
