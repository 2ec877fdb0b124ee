"""How this Slack reaches the app: what it sends, over sockets or by signed requests, and what comes back."""
