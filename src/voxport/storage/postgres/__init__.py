"""PostgreSQL itself: the embedded cluster, the pool of connections, the tables and their migrations."""
