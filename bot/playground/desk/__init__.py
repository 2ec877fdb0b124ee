"""What people do here, and what they see."""
