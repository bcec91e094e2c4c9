"""What self-ratings mean. Pure: no clock, no database, no screen."""
