"""What the goals of speed, memory and good plans are measured with."""
