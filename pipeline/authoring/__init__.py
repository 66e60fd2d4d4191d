"""For those who write rules: their examples run as tests, what no example uses, and texts tried out."""
