"""What there is in this Slack: people, conversations, the app, the clock, and what was handed out for a moment."""
