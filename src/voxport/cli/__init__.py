"""The program `voxport`: runs the server and talks to one over HTTP."""

import os

# A worker has several calls in hand, and each of their products of matrices is small: shared out among the cores they
# take as long, while OpenBLAS lets a thread a core spin for a tenth of a second after each, a third of a worker's work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
