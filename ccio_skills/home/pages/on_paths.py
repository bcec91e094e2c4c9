"""The paths a person follows, on the home page: the first leads the next step, others are named."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ccio_skills import ui
from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn import queries as learn_queries
from ccio_skills.learn.rules.journey import Journey, State, walk
from ccio_skills.library import Library, Path
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit
from ccio_skills.vocabulary import Slug

_SHOWN = 3
Walked = tuple[tuple[Path, Journey], ...]


def gather(
    visit: Visit,
    me: people_queries.Settings,
    ratings: assess_queries.Ratings,
    done: Sequence[learn_queries.Completion],
) -> Walked:
    """Return the paths that are followed, the one taken up last first.

    Somebody who aspires to the role follows the path to it without having to say so.
    """
    follows = learn_queries.follows(visit.db, visit.person.id)
    slugs = [slug for slug, one in follows.items() if one.is_active]
    slugs += [slug for slug in _for_aspiring(visit.library, me) if slug not in follows]
    paths = [visit.library.path[slug] for slug in slugs if slug in visit.library.path][:_SHOWN]
    if not paths:
        return ()
    record = learn_queries.record(visit.db, visit.person.id, ratings, done=done, has_answers=False)
    return tuple((path, walk(path, record, library=visit.library)) for path in paths)


def draw(visit: Visit, walked: Walked, *, has_step: bool) -> None:
    """Name what is next on the paths, and link to all paths.

    Args:
        visit: Who is looking.
        walked: What ``gather`` returned.
        has_step: The next step above is already the first of them.
    """
    left = [(path, one) for path, one in walked if one.next][has_step:]
    if left:
        ui.heading("On your other paths" if has_step else "On your paths")
    with st.container(key="lnk_onpaths", gap="small"):
        for path, one in left:
            params = {"path": path.slug}
            st.page_link(visit.link("path"), label=_words(path, one), query_params=params)
        st.page_link(visit.link("paths"), label="See the learning paths")


def _words(path: Path, journey: Journey) -> str:
    done = f"{journey.count(State.DONE)} of {len(journey.stages)} done"
    coming = f", next {journey.next.title}" if journey.next else ""
    return f"{path.title}: {done}{coming}"


def _for_aspiring(library: Library, me: people_queries.Settings) -> list[Slug]:
    return [
        path.slug for path in library.path.values() if me.profile == "aspiring-ccio" == path.profile
    ]
