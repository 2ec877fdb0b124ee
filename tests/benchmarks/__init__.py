"""Measurements: ours beside the naive design (one APScheduler job for each reminder), in one run. Ratios count."""
