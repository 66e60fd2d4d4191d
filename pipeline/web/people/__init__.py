"""Who is at the browser and what they may do: the gate before the pages, logging in, people and their log."""
