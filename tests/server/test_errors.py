"""What a person sees when a page fails, and what the log keeps of it."""

import re

from streamlit.testing.v1 import AppTest
from structlog.testing import capture_logs

from ccio_skills.server import errors


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
        with capture_logs() as logs:
            page = AppTest.from_function(script, default_timeout=30).run()
        return page, logs

    def test_shows_a_reference_of_four_digits_and_nothing_else(self):
        page, _ = self.run(self.fail_quietly)

        [error] = page.error
        assert not page.exception
        assert len(page.main) == 1
        assert re.fullmatch(
            r"Something went wrong on this page\. What you saved is safe\. "
            r"Reload the page; if it happens twice, quote [0-9A-F]{4}\.",
            error.value,
        )

    def test_is_logged_under_that_reference_with_kind_and_place_only(self):
        page, [entry] = self.run(self.fail_quietly)

        assert entry["number"] == page.error[0].value[-5:-1]
        assert entry["kind"] == "ValueError"
        assert re.search(r":\d+$", entry["place"])
        assert set(entry) == {"event", "log_level", "number", "kind", "place"}
        assert "Mrs Example" not in str(entry)

    def test_has_another_number_each_time(self):
        report = errors.report
        with capture_logs() as logs:
            for _ in range(20):
                report(ValueError("again"))

        assert len({entry["number"] for entry in logs}) > 10

    def test_without_a_trace_is_reported_all_the_same(self):
        def script():
            from ccio_skills.server import errors

            errors.report(ValueError("never raised"))

        _, [entry] = self.run(script)

        assert entry["place"] == "unknown"

    def test_is_logged_where_the_command_line_lets_it_through(self, capfd):
        """``ccio-skills run`` drops what the server writes to stdout: only stderr is left."""
        page = AppTest.from_function(self.fail_quietly, default_timeout=30).run()

        assert page.error[0].value[-5:-1] in capfd.readouterr().err

    def test_leaves_its_message_in_no_log_at_all(self, capfd, caplog):
        page, logs = self.run(self.fail_as_a_page_does)

        assert page.error
        assert not page.exception
        out, err = capfd.readouterr()
        assert "Mrs Example" not in f"{out}{err}{caplog.text}{logs}"


def test_a_right_that_ended_while_a_page_was_drawn_is_said_in_words():
    def fail():
        from ccio_skills.people import rules
        from ccio_skills.server import errors

        errors.report(rules.NotAllowedError("To invite people you need a role there."))

    page = AppTest.from_function(fail, default_timeout=30).run()

    assert [one.value for one in page.error] == ["To invite people you need a role there."]
