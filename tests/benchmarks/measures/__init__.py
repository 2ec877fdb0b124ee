"""The measurements: a file for each subject, listed in `tests/benchmarks/subjects.py`."""
