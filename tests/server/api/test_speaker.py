from __future__ import annotations

import pytest

from server.api.speaker import Page


@pytest.mark.parametrize(
    ("text", "speaker", "named"),
    [
        ("President Xi Jinping said", "Xi Jinping", True),
        ("Mr. Xi said", "Xi Jinping", True),
        ("an exit was taken by a taxi", "Xi Jinping", False),
        ("BIDEN WINS", "Joe Biden", True),
        ("Bidenomics", "Joe Biden", False),
        ("Orbán told state radio", "Viktor Orban", True),
        ("Orban told state radio", "Viktor Orbán", True),
        ("von der Leyen's speech", "Ursula von der Leyen", True),
        ("der Tag", "Ursula von der", False),
        ("Donald Tusk said", "Donald Trump", False),
        ("习近平说", "习近平", True),
        ("ペロシ氏は", "ペロシ", True),
        ("Владимир Путин заявил", "Владимир Путин", True),
        ("", "Xi Jinping", False),
        ("Straße", "Strasse", True),
    ],
)
def test_whether_a_page_names_the_speaker(text: str, speaker: str, named: bool) -> None:
    assert Page(text).names(speaker) is named
