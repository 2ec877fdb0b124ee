"""What the measurements stand on: two databases, a crowd of pairs, a quick Slack, processes, and the naive design."""
