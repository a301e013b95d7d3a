"""Contract tests: whether a venue, the simulated one and the clients do what the venue's document says."""
