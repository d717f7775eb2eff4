"""The object store: everything that is kept as bytes, in a local folder or an S3 bucket."""
