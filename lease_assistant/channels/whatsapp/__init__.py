"""WhatsApp by Meta's Cloud API. Only `channel` imports Rasa; everything else runs without it."""
