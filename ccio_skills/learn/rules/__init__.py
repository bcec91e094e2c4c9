"""What to learn next, decided from values alone. Pure: no clock, no database, no screen."""
