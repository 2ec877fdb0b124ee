"""A Slack that fits in a process: for people who try an app without an account, and for tests."""
