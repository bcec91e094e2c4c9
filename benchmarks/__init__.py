"""Speed, memory, growth and crashes, measured on the real app; the search on real questions."""
