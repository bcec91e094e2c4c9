"""What a person sees when a page fails, and what the log keeps of it."""

import re

from streamlit.testing.v1 import AppTest

from ccio_skills.server import errors


def written(caplog):
    """Return what our code logged; Streamlit logs as well."""
    return [one.getMessage() for one in caplog.records if one.name.startswith("ccio_skills.")]


class TestAnUnexpectedError:
    """An error whose message holds what somebody wrote; no line of source holds it whole."""

    @staticmethod
    def fail_quietly():
        from ccio_skills import server
        from ccio_skills.server import errors

        server.options(lambda: None)
        try:
            raise ValueError(" ".join(["a note about Mrs", "Example"]))
        except ValueError as error:
            is_ours = errors.report(error)
        if is_ours is not True:
            raise AssertionError("Streamlit would show the error as well")

    @staticmethod
    def fail_as_a_page_does():
        from streamlit.error_util import handle_user_script_exception

        from ccio_skills import server
        from ccio_skills.server import errors

        server.options(lambda: None)
        try:
            raise ValueError(" ".join(["a note about Mrs", "Example"]))
        except ValueError as error:
            handle_user_script_exception(error, errors.report)

    def run(self, script):
        return AppTest.from_function(script, default_timeout=30).run()

    def test_shows_a_reference_of_four_digits_and_nothing_else(self):
        page = self.run(self.fail_quietly)

        [error] = page.error
        assert not page.exception
        assert len(page.main) == 1
        assert re.fullmatch(
            r"Something went wrong on this page\. What you saved is safe\. "
            r"Reload the page; if it happens twice, quote [0-9A-F]{4}\.",
            error.value,
        )

    def test_is_logged_under_that_reference_with_kind_and_place_only(self, caplog):
        page = self.run(self.fail_quietly)

        [line] = written(caplog)
        number = page.error[0].value[-5:-1]
        assert re.fullmatch(rf"page failed number={number} kind=ValueError place=\S+:\d+", line)

    def test_has_another_number_each_time(self, caplog):
        for _ in range(20):
            errors.report(ValueError("again"))

        assert len(set(written(caplog))) > 10

    def test_without_a_trace_is_reported_all_the_same(self, caplog):
        def script():
            from ccio_skills.server import errors

            errors.report(ValueError("never raised"))

        self.run(script)

        [line] = written(caplog)
        assert line.endswith("place=unknown")

    def test_is_logged_where_the_command_line_lets_it_through(self, capfd):
        """``ccio-skills run`` drops what the server writes to stdout: only stderr is left."""
        page = self.run(self.fail_quietly)

        [line] = [one for one in capfd.readouterr().err.splitlines() if "page failed" in one]
        assert re.match(r"\d{4}-\d\d-\d\d \S+ ERROR page failed ", line)
        assert page.error[0].value[-5:-1] in line

    def test_leaves_its_message_in_no_log_at_all(self, capfd, caplog):
        page = self.run(self.fail_as_a_page_does)

        assert page.error
        assert not page.exception
        out, err = capfd.readouterr()
        assert "Mrs Example" not in f"{out}{err}{caplog.text}"


def test_a_right_that_ended_while_a_page_was_drawn_is_said_in_words():
    def fail():
        from ccio_skills.people import rules
        from ccio_skills.server import errors

        errors.report(rules.NotAllowedError("To invite people you need a role there."))

    page = AppTest.from_function(fail, default_timeout=30).run()

    assert [one.value for one in page.error] == ["To invite people you need a role there."]
