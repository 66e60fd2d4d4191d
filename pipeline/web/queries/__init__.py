"""What pages ask the database for. Each function takes a connection and plain values, and gives rows."""
