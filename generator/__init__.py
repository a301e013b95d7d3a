"""Generate the typed clients from the venue documents in `specs/`."""
