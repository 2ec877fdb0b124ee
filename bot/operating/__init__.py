"""For who runs Tandem: its figures and its health, on a port of their own. The rest of Tandem does not know of it."""
