"""The parts pages are made of: band, links, cards, lists. All our own HTML comes from here."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ccio_skills import wording
from ccio_skills.ui.figure import Figure, whole
from ccio_skills.ui.visit import Visit

_DEMO = "Made-up people, made-up answers. What you change here is thrown away."
PERSONA = "demo:persona"
"""Where the demonstration's switch keeps whom the visitor looks as."""


def write(markup: str, /, **words: object) -> None:
    """Write our own HTML; every word put into it is escaped, so content can never become markup."""
    safe = {name: html.escape(str(word)) for name, word in words.items()}
    st.html(f'<div class="cc">{markup.format(**safe)}</div>')


@contextmanager
def page(visit: Visit, title: str, lede: str, *, side: str = "") -> Iterator[None]:
    """Draw a page: the title band, then whatever is drawn inside, then the footer.

    Args:
        visit: Who is looking.
        title: The one heading of level 1.
        lede: One or two sentences below it: the answer of the page in words.
        side: HTML already escaped, at the right of the band.
    """
    with st.container(horizontal_alignment="center"), st.container(width=1120, key="page"):
        if visit.place.is_demo:
            _demonstrate(visit)
        with st.container(key="pagehead"):
            if side:
                left, right = st.columns([5, 2], gap="large", vertical_alignment="bottom")
                with left:
                    _band(title, lede)
                with right:
                    st.html(f'<div class="cc">{side}</div>')
            else:
                _band(title, lede)
        yield
        _footer(visit)


def _demonstrate(visit: Visit) -> None:
    """Say on every page that all is made up, and let the visitor look as somebody else."""
    with st.container(key="demo", horizontal=True, vertical_alignment="center"):
        write("<p><b>Demonstration.</b> {words}</p>", words=_DEMO)
        if visit.place.personas:
            st.segmented_control(
                "Look as",
                visit.place.personas,
                format_func=str.capitalize,
                key=PERSONA,
                required=True,
                persist_state="session",
            )


def _band(title: str, lede: str) -> None:
    st.title(title, anchor=False)
    write('<p class="cc-lede">{lede}</p>', lede=lede)


def _footer(visit: Visit) -> None:
    with st.container(key="foot"):
        write('<p class="cc-foot">{words}</p>', words=f"{wording.PROPOSAL} {_where(visit)}")
        ways = [("about", "About"), ("privacy", "Privacy"), ("help", "Help")]
        links([*ways, ("sign-out", "Sign out")] if visit.session else ways, visit, key="lnkfoot")


def _where(visit: Visit) -> str:
    if visit.place.is_demo:
        return "Everything shown here is made up."
    if visit.place.is_shared:
        return f"You are signed in as {visit.person.name}." if visit.session else ""
    return "Your answers stay in your own file on this computer."


def sign_in(visit: Visit, path: str) -> None:
    """Offer to sign in and to come back to the page at ``path``, with what its address asked."""
    asked = {name: value for name, value in visit.params.items() if name != "sign-in"}
    target = f"/{path}" + (f"?{urlencode(asked)}" if asked else "")
    # A link, not a button of Streamlit's: it leaves the page, and that in the same tab.
    write('<p class="cc-go"><a href="/sign-in?{to}">Sign in</a></p>', to=urlencode({"to": target}))


def heading(words: str, *, level: int = 2) -> None:
    """Write a heading without an anchor link."""
    (st.header if level == 2 else st.subheader)(words, anchor=False)


def meta(*facts: str) -> None:
    """Write short facts in a row: minutes, level, dates."""
    cells = "".join(f"<span>{html.escape(one)}</span>" for one in facts)
    st.html(f'<div class="cc"><div class="cc-meta">{cells}</div></div>')


def bullets(title: str, entries: Iterable[str]) -> None:
    """Write a small heading and a list."""
    items = "".join(f"<li>{html.escape(one)}</li>" for one in entries)
    st.html(
        f'<div class="cc"><p class="cc-mid" role="heading" aria-level="2">{html.escape(title)}</p>'
        f'<ul class="cc-bullets">{items}</ul></div>'
    )


def saved(words: str) -> None:
    """Confirm that something is stored."""
    write('<p class="cc-saved" role="status"><b>{words}</b></p>', words=words)


def note(words: str) -> None:
    """Write a quiet paragraph."""
    write('<p class="cc-mute">{words}</p>', words=words)


def link(
    visit: Visit, path: str, label: str, *, key: str, params: dict[str, str] | None = None
) -> None:
    """Write an underlined link to a page."""
    with st.container(key=f"lnk_{key}"):
        st.page_link(visit.link(path), label=label, query_params=params)


def links(pages: Iterable[tuple[str, str]], visit: Visit, *, key: str) -> None:
    """Write short links in a row."""
    with st.container(horizontal=True, key=key):
        for path, label in pages:
            st.page_link(visit.link(path), label=label)


def go(visit: Visit, path: str, **params: str) -> None:
    """Leave for another page; nothing after this runs."""
    st.switch_page(visit.link(path), query_params=params or None)


def rows(entries: Iterable[tuple[str, str, str]]) -> None:
    """Write a ruled list of (what stands left, title, smaller line)."""
    cells = [
        f'<li><span class="k">{html.escape(left)}</span><span><b>{html.escape(title)}</b>'
        + (f'<br><span class="cc-mute">{html.escape(small)}</span>' if small else "")
        + "</span></li>"
        for left, title, small in entries
    ]
    st.html(f'<div class="cc"><ul class="cc-list">{"".join(cells)}</ul></div>')


def table(columns: Sequence[str], entries: Iterable[Sequence[str]], *, alt: str) -> None:
    """Write a table of words. A name in it is shown as it is, whatever signs it holds.

    Args:
        columns: Headings.
        entries: Rows, a cell for each column.
        alt: What the table shows.
    """
    head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in entries
    )
    # It scrolls by itself on a phone, also by keyboard.
    st.html(
        f'<div class="cc cc-scroll" tabindex="0" role="region" aria-label="{html.escape(alt)}">'
        f'<table class="cc-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def empty(message: str, *, button: str, visit: Visit, path: str, **params: str) -> None:
    """Say that there is nothing here yet, and offer the one thing to do about it."""
    with st.container(key="next"):
        write('<p class="cc-big">{message}</p>', message=message)
        if st.button(button, type="primary", key=f"empty:{path}"):
            go(visit, path, **params)


def picked(key: str, saved: Any) -> Any:  # noqa: ANN401 - whatever the widget holds
    """Return what was just picked in a widget, or what is saved.

    Call it before the widget is drawn, and give the widget no value of its own. What counts is a
    change in this tab: a tab that is merely open must not put its older value back.
    """
    seen = f"{key}:seen"
    shown = st.session_state.get(key)
    if shown is not None and seen in st.session_state and shown != st.session_state[seen]:
        st.session_state[seen] = shown
        return shown
    st.session_state[key] = st.session_state[seen] = saved
    return saved


def error(message: str) -> None:
    """Say what went wrong and what to do."""
    st.error(message)


def user_text(words: str, **options: Any) -> None:  # noqa: ANN401 - Streamlit's own options
    """Show what a person wrote, never as markup."""
    st.text(words, **options)


def download(label: str, make: Callable[[], bytes], *, file_name: str, mime: str, key: str) -> None:
    """Offer a file that is made when it is asked for, and not with every drawing of the page."""
    st.download_button(label, make, file_name=file_name, mime=mime, on_click="ignore", key=key)


def draw(figure: Figure, *, key: str, csv: Callable[[], bytes] | None = None) -> None:
    """Draw the picture, and below it the same numbers as a table and a CSV.

    Args:
        figure: What is drawn.
        key: Tells it apart on its page.
        csv: Makes the file, where it is more than the table.
    """
    if figure.spec.get("layer"):
        st.vega_lite_chart(
            whole(figure.spec),
            theme=None,
            width="stretch",
            alt=figure.sentence,
            key=f"chart:{key}",
        )
    with st.expander("The same numbers as a table", key=f"table:{key}"):
        cells = ([str(row[name]) for name in figure.columns] for row in figure.rows)
        table(figure.columns, cells, alt=figure.sentence)
        download(
            "Download as CSV",
            csv or (lambda: figure.table.to_csv(index=False).encode("utf-8-sig")),
            file_name=f"{figure.name}.csv",
            mime="text/csv",
            key=f"csv:{key}",
        )
