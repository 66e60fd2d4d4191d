"""Series: what all documents together say of one measure, subject and period. Pure; see `collect.Collector`."""
