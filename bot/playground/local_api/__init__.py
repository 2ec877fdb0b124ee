"""The playground's own HTTP API: everything that its page does goes through here."""
