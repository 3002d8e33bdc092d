"""What Hypothesis draws: texts of every kind, quotes of invented words, pages around them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# No clock decides whether a test passes; as many examples as fit in a second or two.
many = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
few = settings(many, max_examples=40)

# Characters that folding treats by rules of their own, and ordinary ones between them.
CURIOUS = (
    "aAzßıİſßéÅøŁæœﬁﬃ№™"
    "'’‘‛`´ʼ′"
    ".,٫٬．，"
    "0123456789٠١٣०१３²½Ⅷ"
    " \n\t\u00a0\u2009\u202f\u3000"
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f\u20e3"
    "\u0301\u0308\u0327\u05b7\u064e\u0651"
    "жЙёїאבשعربيىةکकखिंक्ष़กำั่ລຳខ្មែរမြန်かがガｶﾞ\u3099中文國㋿𠮷𪚥"
    "한글\u1112\u1161\u11abㅋ"
    "“”„«»—–-…!?()[]"
    "😀👍🏽❤🇫🇷"
)  # fmt: skip
curious_texts = st.text(alphabet=CURIOUS, max_size=40)
# Whole grapheme clusters of one script each, and what stands between them.
CLUSTERS = [
    "a", "é", "e\u0301", "Z", "ß", "ﬁ", "İ", "1", "٣", "1\ufe0f\u20e3", "a\u00ad", "ж", "и\u0306", "בּ", "س\u064e\u0651", "कि",
    "क्ष", "ड\u093c", "কো", "தி", "กำ", "ก", "น้", "ລຳ", "ខ្មែ", "မြ", "か\u3099", "ｶﾞ", "中", "𠮷", "葛\U000e0100", "한",
    "\u1112\u1161\u11ab", "😀", "👍🏽", "👨\u200d👩\u200d👧", "🇫🇷", "❤\ufe0f", " ", "\n", "\r\n", "\u200b", ".", ",", "’", "'", "“", "—", "…",
]  # fmt: skip
clustered_texts = st.lists(st.sampled_from(CLUSTERS), max_size=30).map("".join)
# Characters whose tokens do not depend on invisible neighbours.
VISIBLE = "".join(
    char for char in CURIOUS if char not in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff㋿"
)
visible_texts = st.text(alphabet=VISIBLE, max_size=40)
any_texts = curious_texts | st.text(max_size=60) | st.text(st.characters(codec=None), max_size=30)

_SYLLABLES = (
    "ba be bi bo du da de di fo fu ka ke ki ko la le li lo ma me mi mo na ne no ra re ri ro sa so ta te ti vu za zo"
).split()
_random = random.Random(20261125)
# Words of no language: each is a surprise, and none stands in ordinary text.
INVENTED = sorted({"".join(_random.choices(_SYLLABLES, k=_random.randint(3, 4))) for _ in range(900)})

invented_words = st.sampled_from(INVENTED)


@st.composite
def quotes(draw: st.DrawFn, least: int = 6, most: int = 25) -> str:
    """A quote of invented words, written as prose is."""
    return prose(
        draw(st.lists(invented_words, min_size=least, max_size=most)), draw(st.randoms(use_true_random=False))
    )


def prose(words: Sequence[str], rng: random.Random) -> str:
    """The words with capitals and punctuation between them, which make no difference."""
    out = [words[0].capitalize()]
    for word in words[1:]:
        out.append(rng.choice([" ", " ", " ", " ", ", ", " – ", "\n"]))
        out.append(rng.choice([word, word, word, word.capitalize(), word.upper()]))
    return "".join(out) + rng.choice(["", ".", "!"])


def page_around(parts: Sequence[str], rng: random.Random, filler: int = 15) -> str:
    """The parts in order, with other invented words before, between and after them."""
    out = [" ".join(rng.choices(FILLER, k=filler)) + ". "]
    for part in parts:
        out += [part, ". ", " ".join(rng.choices(FILLER, k=filler)), ". "]
    return "".join(out)


# Never a word of INVENTED, nor a few letters away from one.
FILLER = [f"zz{word}xx" for word in INVENTED]
