"""`voxport doctor`: looks this machine and its settings over. Every check says what is wrong and what to do.

`command` prints the results, `machine` holds the checks of the machine itself, `dependencies` those of what Voxport
stands on (libraries, model, key, database, object store, port and networks), `stored` asks about what is stored.
"""
