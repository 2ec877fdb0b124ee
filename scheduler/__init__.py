"""Tandem's clock: ticks that look at what is due. The records are its memory, not this package."""
