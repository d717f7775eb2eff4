"""What request documents of this dialect may hold, each name as the wire spells it."""
