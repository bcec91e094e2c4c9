"""Learn: the plan, modules, paths and what a person has finished."""
