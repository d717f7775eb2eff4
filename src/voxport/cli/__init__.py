"""The program `voxport`: runs the server and talks to one over HTTP."""
