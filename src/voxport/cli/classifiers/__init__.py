"""`voxport classifiers`: trains, lists and deletes what sorts an organisation's calls, in its database and store."""
