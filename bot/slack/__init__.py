"""Everything that knows Slack: blocks, the courier, the doors, and one file for each screen."""
