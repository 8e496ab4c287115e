"""Measures how well messages are understood, for our classifier and others on the same data; see `__main__`."""
