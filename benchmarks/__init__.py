"""Speed, memory and crashes, measured on a real server."""
