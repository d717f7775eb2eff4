"""People's details: names, addresses, e-mail, telephone, dates of birth, accounts; the question tells what they are."""
