"""The website channel: what the chat widget on the leasing company's site talks to."""
