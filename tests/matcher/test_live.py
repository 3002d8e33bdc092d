"""An index that changes answers as one that is built anew, at every moment."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from matcher import LiveIndex, Match, QuoteIndex
from tests.matcher.strategies import INVENTED

rng = random.Random(6)
TEXTS = [" ".join(rng.choices(INVENTED, k=rng.randint(6, 14))).capitalize() for _ in range(12)]
OTHERS = [(f"other{number}", " ".join(rng.choices(INVENTED, k=12))) for number in range(64)]
PAGE = "\n\n".join(f"“{text},” he said, and sat down again." for text in TEXTS) + (
    f" “{' '.join(TEXTS[0].split()[:3])} otherwise {' '.join(TEXTS[0].split()[4:])}.”"
)
IDS = ["a", "b", "c", ""]
MANY = 40

wordings = st.lists(st.sampled_from(TEXTS), max_size=3, unique=True)


def answers(matches: list[Match]) -> list[tuple[object, ...]]:
    """The matches, in an order that does not depend on where an index keeps a quote."""
    return sorted((m.spans, m.quote_id, m.kind, m.similarity, m.coverage, m.changes) for m in matches)


def anew(quotes: dict[str, list[str]]) -> QuoteIndex:
    return QuoteIndex.build([*((i, text) for i, texts in quotes.items() for text in texts), *OTHERS])


class LiveAgainstBuilt(RuleBasedStateMachine):
    """Whatever is put and dropped, the answers are those of an index that is built of what is left."""

    @initialize(quotes=st.dictionaries(st.sampled_from(IDS), wordings, max_size=3))
    def begin(self, quotes: dict[str, list[str]]) -> None:
        self.quotes = dict(quotes)
        self.live = LiveIndex(anew(quotes))

    @rule(quote_id=st.sampled_from(IDS), texts=wordings)
    def put(self, quote_id: str, texts: list[str]) -> None:
        self.live.put(quote_id, texts)
        self.quotes[quote_id] = texts

    @rule(quote_id=st.sampled_from(IDS), texts=wordings)
    def put_again_and_again(self, quote_id: str, texts: list[str]) -> None:
        """More wordings die than may lie about."""
        for number in range(MANY):
            self.put(quote_id, [TEXTS[number % len(TEXTS)]])
        self.put(quote_id, texts)

    @rule(quote_id=st.sampled_from([*IDS, "never there"]))
    def drop(self, quote_id: str) -> None:
        self.live.drop(quote_id)
        self.quotes.pop(quote_id, None)

    @rule()
    def build_anew(self) -> None:
        self.live = LiveIndex(anew(self.quotes))

    @invariant()
    def the_answers_are_those_of_an_index_built_anew(self) -> None:
        assert answers(self.live.find(PAGE)) == answers(anew(self.quotes).find(PAGE))


TestLiveAgainstBuilt = LiveAgainstBuilt.TestCase
TestLiveAgainstBuilt.settings = settings(deadline=None, max_examples=20, stateful_step_count=10)


def ids_in(matches: list[Match]) -> list[str]:
    return [match.quote_id for match in matches if not match.quote_id.startswith("other")]


@pytest.fixture
def live() -> LiveIndex:
    return LiveIndex(anew({"a": [TEXTS[0]], "b": [TEXTS[1]]}))


def test_a_quote_that_was_put_is_found_at_once(live: LiveIndex) -> None:
    assert ids_in(live.find(TEXTS[2])) == []
    live.put("c", [TEXTS[2]])
    assert ids_in(live.find(TEXTS[2])) == ["c"]


def test_a_quote_that_was_dropped_is_not_found(live: LiveIndex) -> None:
    live.drop("a")
    assert ids_in(live.find(TEXTS[0])) == []
    assert ids_in(live.find(TEXTS[1])) == ["b"]


def test_new_wordings_replace_all_old_ones(live: LiveIndex) -> None:
    live.put("a", [TEXTS[2], TEXTS[3]])
    live.put("a", [TEXTS[3], TEXTS[4]])
    assert [ids_in(live.find(TEXTS[number])) for number in (0, 2, 3, 4)] == [[], [], ["a"], ["a"]]


def test_a_quote_comes_back_with_its_old_words(live: LiveIndex) -> None:
    live.drop("a")
    live.put("a", [TEXTS[0]])
    assert ids_in(live.find(TEXTS[0])) == ["a"]


def test_a_quote_without_wordings_is_not_found(live: LiveIndex) -> None:
    live.put("a", [])
    assert ids_in(live.find(TEXTS[0])) == []


def test_the_other_quotes_of_a_wording_stay(live: LiveIndex) -> None:
    live.put("c", [TEXTS[0]])
    assert sorted(ids_in(live.find(TEXTS[0]))) == ["a", "c"]
    live.drop("a")
    assert ids_in(live.find(TEXTS[0])) == ["c"]


def test_a_hidden_quote_takes_no_place_from_another(live: LiveIndex) -> None:
    """A better match that is hidden must not keep a worse one from being told."""
    words = TEXTS[0].split()
    near = " ".join([*words[:-1], "otherwise"])
    live.put("c", [near])
    assert "a" in ids_in(live.find(TEXTS[0]))
    live.drop("a")
    assert ids_in(live.find(TEXTS[0])) == ["c"]


def test_an_empty_index_can_be_changed() -> None:
    live = LiveIndex(QuoteIndex.build([]))
    assert live.find(PAGE) == []
    live.put("a", [TEXTS[0]])
    assert ids_in(live.find(TEXTS[0])) == ["a"]
    live.drop("a")
    assert live.find(TEXTS[0]) == []


def test_finds_see_every_change_wholly_or_not_at_all() -> None:
    """One thread turns quote a between two sets of wordings, and quote b on and off; others look on."""
    first, second = TEXTS[:3], TEXTS[3:6]
    states = [anew({"a": texts, **b}) for texts in (first, second) for b in ({"b": [TEXTS[6]]}, {})]
    valid = [answers(state.find(PAGE)) for state in states]
    live = LiveIndex(states[0])
    done = threading.Event()
    wrong: list[object] = []
    looked = [0] * 3

    def look(number: int) -> None:
        try:
            while not done.is_set() or not looked[number]:
                seen = answers(live.find(PAGE))
                looked[number] += 1
                if seen not in valid:
                    wrong.append(seen)
        except Exception as error:  # noqa: BLE001 - any error of a reader is what the test looks for
            wrong.append(error)

    readers = [threading.Thread(target=look, args=(number,)) for number in range(len(looked))]
    for reader in readers:
        reader.start()
    for turn in range(150):
        live.put("a", second if turn % 2 == 0 else first)
        if turn % 3 == 0:
            live.drop("b")
        else:
            live.put("b", [TEXTS[6]])
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert min(looked) > 0


def test_a_search_as_of_a_change_knows_of_no_later_one() -> None:
    live = LiveIndex(anew({"c": [TEXTS[2]]}))
    live.put("a", [TEXTS[0]])
    before = live.moment
    live.drop("a")
    live.drop("c")
    live.put("b", [TEXTS[1]])

    assert {match.quote_id for match in live.search(PAGE, as_of=before).matches} == {"a", "c"}
    assert {match.quote_id for match in live.search(PAGE).matches} == {"b"}


def test_a_search_as_of_a_moment_finds_what_has_been_cleared_away_since() -> None:
    live = LiveIndex(anew({}))
    live.put("a", TEXTS[:2])
    before, found = live.moment, answers(live.find(PAGE))
    for number in range(2 * MANY):
        live.put("a", [TEXTS[2 + number % 3]])

    assert answers(live.search(PAGE, as_of=before).matches) == found
    assert answers(live.find(PAGE)) == answers(anew({"a": [TEXTS[2 + (2 * MANY - 1) % 3]]}).find(PAGE))


def test_the_wordings_that_an_edited_quote_had_do_not_lie_about_for_good() -> None:
    live = LiveIndex(anew({}))
    live.put("a", [TEXTS[0]])
    at_first = live.passage_filter().later
    for number in range(10 * MANY):
        live.put("a", [TEXTS[number % len(TEXTS)]])
    at_last = live.passage_filter().later
    assert len(at_last) < MANY * len(at_first)


@pytest.mark.parametrize("wordings", [TEXTS[0], [TEXTS[0], None]])
def test_a_put_of_anything_but_texts_is_refused_and_leaves_nothing(wordings: list[str]) -> None:
    live = LiveIndex(QuoteIndex.build([]))
    with pytest.raises(TypeError, match="list of texts"):
        live.put("a", wordings)
    live.put("b", [TEXTS[1]])
    assert {match.quote_id for match in live.find(PAGE)} == {"b"}
