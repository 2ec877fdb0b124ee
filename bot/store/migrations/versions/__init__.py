"""One file for each step of the schema; each suits the release before it."""
