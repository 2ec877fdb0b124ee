"""What people can do and what the clock does: one file for each verb. Load, decide, save, say."""
