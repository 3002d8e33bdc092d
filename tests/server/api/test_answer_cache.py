from __future__ import annotations

from server.api.answer_cache import AnswerCache, Known

NOW, LATER = (0, 1), (0, 2)


def test_an_answer_is_known_until_the_index_changes() -> None:
    answers = AnswerCache(10_000)
    digest = answers.digest(b"application/json", b"", b"body")
    assert answers.get(digest, NOW) is None
    answers.put(digest, NOW, Known(b"answer"))
    assert answers.get(digest, NOW) == Known(b"answer")
    assert answers.get(digest, LATER) is None
    assert answers.get(digest, NOW) is None


def test_an_answer_of_a_revision_that_is_gone_is_not_kept() -> None:
    answers = AnswerCache(10_000)
    digest = answers.digest(b"body")
    answers.get(digest, LATER)
    answers.put(digest, NOW, Known(b"late"))
    assert answers.get(digest, LATER) is None


def test_another_history_is_not_taken_for_the_same_revision() -> None:
    answers = AnswerCache(10_000)
    digest = answers.digest(b"body")
    answers.get(digest, (0, 1))
    answers.put(digest, (0, 1), Known(b"answer"))
    assert answers.get(digest, (1, 1)) is None


def test_those_that_were_asked_for_last_are_kept_within_the_bound() -> None:
    answers = AnswerCache(10_000)
    digests = [answers.digest(bytes([number])) for number in range(100)]
    answers.get(digests[0], NOW)
    for digest in digests:
        answers.put(digest, NOW, Known(b"x" * 600))
        assert answers.get(digests[0], NOW) is not None
    kept = [digests[0], *digests[-9:]]
    assert [digest for digest in digests if answers.get(digest, NOW)] == kept
    # One that would take the place of many is not kept.
    answers.put(answers.digest(b"long"), NOW, Known(b"x" * 6_000))
    assert [digest for digest in digests if answers.get(digest, NOW)] == kept


def test_what_was_kept_of_former_revisions_takes_no_place() -> None:
    answers = AnswerCache(10_000)
    digests = [answers.digest(bytes([number])) for number in range(9)]
    for revision in range(5):
        for digest in digests:
            assert answers.get(digest, (0, revision)) is None
            answers.put(digest, (0, revision), Known(b"x" * 600))
        assert all(answers.get(digest, (0, revision)) for digest in digests)


def test_none_is_kept_where_nothing_may_be() -> None:
    answers = AnswerCache(0)
    digest = answers.digest(b"body")
    answers.get(digest, NOW)
    answers.put(digest, NOW, Known(b"answer"))
    assert answers.get(digest, NOW) is None


def test_digests_tell_parts_apart_and_are_of_one_process() -> None:
    answers = AnswerCache(1)
    assert answers.digest(b"ab", b"c") != answers.digest(b"a", b"bc")
    assert answers.digest(b"ab") != AnswerCache(1).digest(b"ab")
