"""What opens in a text is a button of ours; no word put into it becomes markup."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from ccio_skills import ui

# No entity stands for a control character.
printed = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn"]))


class Reader(HTMLParser):
    """Reads the tags, and the text outside and inside them."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.said, self.attributes = [], [], {}
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes[tag] = dict(attrs)

    def handle_data(self, data):
        self.said.append(data)


def opening(words="CSO", **changes):
    given = {
        "key": "word-cso", "title": "CSO.", "meaning": "Leads on safety.",
        "address": "glossary?term=CSO", "more": "More",
    }  # fmt: skip
    return ui.opening(words, **given | changes)


class TestOpening:
    def test_is_a_button_that_opens_what_stands_beside_it(self):
        read = Reader(opening())

        assert read.tags == ["button", "span", "b", "a"]
        assert read.attributes["button"]["popovertarget"] == read.attributes["span"]["id"]
        assert "popover" in read.attributes["span"]
        assert read.attributes["button"]["type"] == "button"
        assert "".join(read.said) == "CSOCSO. Leads on safety. More"

    @given(words=printed, meaning=printed, address=printed)
    def test_lets_neither_html_nor_markdown_come_out_of_its_words(self, words, meaning, address):
        made = opening(words, meaning=meaning, address=address)
        read = Reader(made)

        assert read.tags == ["button", "span", "b", "a"]
        assert "".join(read.said) == f"{words}CSO. {meaning} More"
        assert read.attributes["a"]["href"] == address
        outside = re.sub(r"<[^>]*>|&#\d+;", "", made)
        assert all(one.isalnum() or one == " " for one in outside)


class TestWithoutTags:
    def test_writes_a_bracket_as_a_sign(self):
        assert ui.without_tags("a < b, <b>x</b>") == "a &lt; b, &lt;b>x&lt;/b>"

    def test_leaves_code_as_it_is(self):
        text = "`<b>` and\n```template\n<name>\n```\n"

        assert ui.without_tags(text) == text

    @given(text=st.text(alphabet="<>ab`\n "))
    def test_leaves_no_tag_outside_code(self, text):
        safe = ui.without_tags(text)

        assert "<" not in re.sub(r"(?P<t>`+)(?!`).*?(?<!`)(?P=t)(?!`)", "", safe, flags=re.DOTALL)
