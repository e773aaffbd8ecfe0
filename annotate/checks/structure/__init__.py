"""How the article is built."""
