"""Running the assistant on one machine: train when needed, check, start the servers, stop them again.

Imports neither Rasa nor anything else that is slow, so that a wrong port is reported at once.
"""
