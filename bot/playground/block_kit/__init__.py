"""Block Kit: what Slack takes and what it refuses, as data and small checks; what the inputs of a form hold."""
