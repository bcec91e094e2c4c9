"""Sealed blocks: who is shown with whom, what is published of them, and what is said about it.

The way of a collection when it closes, one module a step:

1. ``deciding`` puts people into blocks. It is never given an answer.
2. ``coding`` is given the answers, once, and gives back coded histograms.
3. ``closing`` writes both as rows of a hash-chained ledger, which ``ledger`` checks.
4. ``reading`` turns rows into ``Released`` values; ``cohort_chart``, ``export``, ``report`` and
   ``desk`` are functions of those and of nothing else.
"""
