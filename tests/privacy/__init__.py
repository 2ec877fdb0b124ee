"""No word is shown to whom it does not belong, whatever is done, and in whatever order."""
