"""Tandem: a Slack app that carries a formal mentoring program."""
