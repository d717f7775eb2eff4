"""Where a secret may have been said without being recognised: voice without words, answers without digits."""
