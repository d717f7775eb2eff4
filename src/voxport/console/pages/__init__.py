"""Pages, one file a noun: what each asks the API, and what its template is given."""
