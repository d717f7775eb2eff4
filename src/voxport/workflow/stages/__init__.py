"""What each stage does, one file a stage; `core/stages.py` says in which order, `story.py` binds each to its body."""
