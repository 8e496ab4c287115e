"""Reading amounts, durations, moments and answers from Dutch chat messages."""
