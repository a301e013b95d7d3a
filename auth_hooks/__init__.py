"""One hand-written module a venue: how its private requests are signed, readable beside the venue's own page."""
