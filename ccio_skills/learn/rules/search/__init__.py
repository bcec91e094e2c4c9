"""Find modules by words: a question, an acronym or a slip of the finger finds as well.

A module stands high for a word when more of it is about that word than of the library as a whole.
"""

from ccio_skills.learn.rules.search.index import Index, index
from ccio_skills.learn.rules.search.rank import Hit, find
from ccio_skills.learn.rules.search.reason import find_lines
from ccio_skills.learn.rules.search.words import mentions

__all__ = ["Hit", "Index", "find", "find_lines", "index", "mentions"]
