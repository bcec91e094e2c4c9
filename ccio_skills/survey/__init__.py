"""Survey: the role survey, its questions of 2026 and what was published in 2012."""
