"""Tables of the cohorts room. Private to it: other rooms ask ``queries``.

Three modules, because an import contract lets fewer and fewer people in: ``office`` is what
administrators run, ``ledger`` what was published, ``raw`` who answered and what. This package
gathers none of them, so that nobody reaches the last one through it.
"""
