"""What people do here and what they see, what follows from the app's answers, and a driver who does it for tests."""
