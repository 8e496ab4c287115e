"""The Dutch language model: trained here from Universal Dependencies, since no published model fits the pins."""
