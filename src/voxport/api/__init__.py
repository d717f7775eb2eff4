"""HTTP in: one file a resource. Starts work and reads results; never does work itself and never blocks the loop."""
