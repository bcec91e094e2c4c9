"""Attacks on cohort charts, played against what a reviewer's pages and downloads are made of.

A game makes a world, the office closes its collections with the product's own rules, an adversary
who has the desk, the roster, the log of who took part and the source code guesses, and the referee,
who alone knows the answers, scores. Mutants are offices with one rule broken.
"""
