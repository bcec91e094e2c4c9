"""Which learning paths fit a person's role, or the role they aim at."""

from __future__ import annotations

from ccio_skills.library import Library, Path
from ccio_skills.vocabulary import Slug


def sort_out(library: Library, *, role: Slug | None) -> tuple[tuple[str, tuple[Path, ...]], ...]:
    """Return paths under headings: those for the person's role, for roles that follow, the others.

    Args:
        library: Paths and profiles.
        role: The profile a person compares themselves with; ``None`` before they chose one.

    Returns:
        (heading, paths by code), without empty groups; one group when no role is chosen.
    """
    paths = sorted(library.path.values(), key=lambda path: path.code)
    profile = library.profile.get(role or "")
    if profile is None:
        return (("All paths", tuple(paths)),) if paths else ()
    own = tuple(path for path in paths if path.profile == profile.slug)
    later = tuple(path for path in paths if path.profile in profile.next)
    rest = tuple(path for path in paths if path not in own and path not in later)
    groups = (
        (f"For your role: {profile.title}", own),
        ("For roles that commonly follow", later),
        ("Other paths", rest),
    )
    return tuple(group for group in groups if group[1])
