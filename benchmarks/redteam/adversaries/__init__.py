"""Those who guess: feasibility, row space, exact Bayes, linear reconstruction; all target.

Targeting is common to all of them: the referee lets each attack the people whose public signature,
the set of releases they are in, isolates them most.
"""
