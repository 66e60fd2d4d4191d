"""What people decide about facts: the record of it, what stands, and how it meets the next run."""
