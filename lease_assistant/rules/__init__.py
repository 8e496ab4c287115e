"""The lease rules: pure functions over frozen data, each with its article. No Rasa, no I/O, no clock."""
