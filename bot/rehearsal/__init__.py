"""The year before the year: every message of a program, from the same rules and words, without Slack or a database."""
