"""The v3 dialect: configuration and metadata in, media documents, transcripts, lists and errors out."""
