"""The Web API: one file for each family of methods, and the door through which every call comes."""
