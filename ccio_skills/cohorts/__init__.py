"""Groups in charts, so that no member can be picked out: collections, releases, what is shown."""
