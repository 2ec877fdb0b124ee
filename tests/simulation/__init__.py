"""The simulation: whole program years of the real code in a world that breaks, on a clock that jumps."""
