"""Who reviews: users and their roles, passwords, sessions, the throttle of logins, and the log of all of it."""
