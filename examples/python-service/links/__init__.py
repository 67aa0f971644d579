"""Short links: a token-protected POST makes one, a GET follows it. SQLite on a volume keeps them."""
