"""What was marked as saved survives a server that is killed."""

from benchmarks import crash


def test_ten_kills_while_answers_arrive_lose_and_double_nothing(tmp_path):
    outcome = crash.play(10, folder=tmp_path)

    assert outcome.kills == 10
    assert outcome.per_second >= 10
    assert outcome.marks > 100
    assert (outcome.lost, outcome.doubled, outcome.never_sent) == ([], [], [])
