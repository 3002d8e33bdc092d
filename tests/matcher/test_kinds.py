"""What a page does with a quote, one case an entry: the places, the kind of each, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from matcher import Change, Match, QuoteIndex

MARKS = {"q": "⟦⟧", "r": "⟪⟫", "s": "⦃⦄"}  # by a quote's id: what its expected spans stand between

XINHUA = (
    "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
    "external forces to provoke unrest and instigate ’color revolutions‘ in Kazakhstan…"
)
CHINA = (
    "China strongly rejects any attempt by external forces to provoke unrest and instigate color revolutions "
    "in Kazakhstan"
)
BLOOD = "Kazakhstan is another attempt to attack the post-Soviet states along the perimeter of Russia"
TREES = (
    "We shall plant ten thousand walnut trees along the frozen canal, and whoever fells one of them without the leave of "
    "the council will pay for a hundred others, because a town without shade in July is a town that nobody visits twice, "
    "and an empty inn feeds no family"
)

Changes = Sequence[tuple[str, str, str | None]]


@dataclass(frozen=True)
class Case:
    """`page`: with the spans of quote q between ⟦ and ⟧, of r between ⟪ and ⟫, of s between ⦃ and ⦄.

    `kind`: of all the matches; a match that is elided has all the marked spans of its quote.
    """

    name: str
    quote: str | Sequence[tuple[str, str]]
    page: str
    kind: str = "exact"
    changes: Changes = ()

    @property
    def entries(self) -> list[tuple[str, str]]:
        return [("q", self.quote)] if isinstance(self.quote, str) else list(self.quote)

    @property
    def plain(self) -> str:
        return "".join(char for char in self.page if char not in "⟦⟧⟪⟫⦃⦄")

    @property
    def expected(self) -> list[tuple[str, list[str]]]:
        """Quote and spans' places of each match, as text: (id, [(start, end), …])."""
        matches = []
        for quote_id, (opening, closing) in MARKS.items():
            spans, start, place = [], 0, 0
            for char in self.page:
                if char == opening:
                    start = place
                elif char == closing:
                    spans.append((start, place))
                elif char not in "⟦⟧⟪⟫⦃⦄":
                    place += 1
            if self.kind == "elided" and spans:
                matches.append((spans[0][0], quote_id, spans))
            else:
                matches += [(span[0], quote_id, [span]) for span in spans]
        return [
            (quote_id, [self.plain[start:end] for start, end in spans])
            for _, quote_id, spans in sorted(matches)
        ]


def found(matches: list[Match], page: str) -> list[tuple[str, list[str]]]:
    return [(m.quote_id, [page[start:end] for start, end in m.spans]) for m in matches]


WHOLE = [
    Case("word for word", CHINA, f"State media said: ⟦{CHINA}⟧."),
    Case("in curly quotation marks", CHINA, f"“⟦{CHINA}⟧,” Xi said on Friday."),
    Case("in straight quotation marks", CHINA, f'"⟦{CHINA}⟧," Xi said on Friday.'),
    Case("in guillemets", CHINA, f"Le président: « ⟦{CHINA}⟧ »."),
    Case("in low quotation marks", CHINA, f"Er sagte: „⟦{CHINA}⟧“."),
    Case("the page is the quote", CHINA, f"⟦{CHINA}⟧"),
    Case("in capitals", CHINA, f"⟦{CHINA.upper()}⟧"),
    Case(
        "as Xinhua went on",
        XINHUA,
        "“⟦In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
        "external forces to provoke unrest and instigate ‘color revolutions’ in Kazakhstan⟧, as well as any attempt to "
        "harm the friendship between China and Kazakhstan,” Xinhua reported.",
    ),
    Case(
        "with straight marks inside",
        XINHUA,
        "⟦In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
        "external forces to provoke unrest and instigate 'color revolutions' in Kazakhstan⟧.",
    ),
    Case(
        "dashes, ligatures, soft hyphens and hard spaces",
        "The final offer to the officials of the post-war district was rejected twice by angry farmers",
        "⟦The ﬁnal oﬀer to the of\u00adﬁcials of the post‑war\u00a0district was rejected twice by angry farm\u00aders⟧!",
    ),
    Case(
        "other apostrophes",
        "We don't want what they've got in Liechtenstein's old vaults",
        "“⟦We don’t want what they’ve got in Liechtenstein’s old vaults⟧”",
    ),
    Case(
        "diacritics left out",
        "Präsident Erdoğan empfängt Außenminister aus Łódź und São Paulo zum Gespräch",
        "⟦Prasident Erdogan empfangt Aussenminister aus Lodz und Sao Paulo zum Gesprach⟧",
    ),
    Case(
        "numbers grouped otherwise",
        "They vaccinated 1,200,000 penguins and 35.5 percent of the walruses",
        "⟦They vaccinated 1 200 000 penguins and 35,5 percent of the walruses⟧.",
    ),
    Case(
        "across lines",
        CHINA,
        "⟦" + CHINA.replace(" any", "\nany").replace(" to provoke", "\n   to provoke") + "⟧",
    ),
    Case(
        "a word of the quote begins the paragraph after the quotation",
        CHINA.replace("Kazakhstan", "Asia and in the rest of China"),
        "He said: “⟦China strongly rejects any attempt by external forces to provoke unrest and instigate color "
        "revolutions in Asia⟧,” she said.\n\nChina has said so before.",
        "fragment",
    ),
    Case(
        "the quote's next word begins the paragraph after the quotation",
        CHINA + " and in Russia",
        "“⟦" + CHINA + "⟧.”\nAnd that was all.",
        "fragment",
    ),
    Case(
        "a quotation goes on in the next paragraph with few words",
        CHINA,
        "“⟦" + CHINA.replace(" in Kaz", ".\n\n“In Kaz") + "⟧.”",
    ),
    Case(
        "across paragraphs",
        CHINA,
        "⟦China strongly rejects any attempt by external forces\n\nto provoke unrest and instigate color revolutions in "
        "Kazakhstan⟧",
    ),
    Case("in a heading", CHINA, f"Top stories\n⟦{CHINA}⟧\nBy Our Correspondent\nALMATY"),
    Case("in a list item", CHINA, f"• First, bread\n• ⟦{CHINA}⟧\n• Third, circuses"),
    Case(
        "nested quotation marks",
        CHINA,
        f"“He told me: ‘⟦{CHINA.replace('color revolutions', '“color revolutions”')}⟧’ and left.”",
    ),
    Case("twice", CHINA, f"“⟦{CHINA}⟧.” Later he repeated: “⟦{CHINA}⟧.”"),
    Case("twice in a row", CHINA, f"⟦{CHINA}⟧ ⟦{CHINA}⟧"),
    Case(
        "thrice, in other spellings",
        CHINA,
        f"⟦{CHINA}⟧. ⟦{CHINA.upper()}⟧. ⟦{CHINA.replace(' ', chr(0xA0))}⟧.",
    ),
    Case("after emoji and astral characters", CHINA, f"😀👨\u200d👩\u200d👧 𠮷 “⟦{CHINA}⟧” 😀"),
    Case("followed by invisible characters and marks", CHINA, f"“⟦{CHINA}\u200b⟧”\u200f."),
]
ALTERED = [
    Case(
        "with its last words once more",
        "We promised the farmers of Saskatchewan that we would rebuild every bridge in the valley",
        "“⟦We promised the farmers of Saskatchewan that we would rebuild all of them in the valley⟧, the valley.”",
        "altered",
        [("every bridge", "all of them", None)],
    ),
    Case(
        "words put in, with the quote's first word before it, too",
        "We planted twice as many trees along the old canal as any other town in the valley",
        "Somebody had to, and we did that. ⟦We planted almost twice as many trees along the old canal as any other "
        "town in the valley⟧.",
        "altered",
        [("", "almost", None)],
    ),
    Case(
        "other words in the middle",
        CHINA,
        f"“⟦{CHINA.replace('strongly rejects', 'firmly opposes')}⟧,” he said.",
        "altered",
        [("strongly rejects", "firmly opposes", None)],
    ),
    Case(
        "other words in the middle of the seed's quote",
        XINHUA,
        f"“⟦{XINHUA.replace('strongly rejects', 'firmly opposes').replace('…', '')}⟧.”",
        "altered",
        [("strongly rejects", "firmly opposes", None)],
    ),
    Case(
        "negated",
        XINHUA,
        f"“⟦{XINHUA.replace('strongly rejects', 'does not reject').replace('…', '')}⟧.”",
        "altered",
        [("strongly rejects", "does not reject", "negation")],
    ),
    Case(
        "a word in brackets",
        XINHUA,
        f"“⟦{XINHUA.replace('Xi said', '[the president] said').replace('…', '')}⟧.”",
        "altered",
        [("Xi", "[the president]", None)],
    ),
    Case(
        "a word added",
        CHINA,
        f"⟦{CHINA.replace('external forces', 'hostile external forces')}⟧.",
        "altered",
        [("", "hostile", None)],
    ),
    Case(
        "a word left out",
        CHINA,
        f"⟦{CHINA.replace('external forces', 'forces')}⟧.",
        "altered",
        [("external", "", None)],
    ),
    Case(
        "two places",
        CHINA,
        f"⟦{CHINA.replace('external', 'foreign').replace('instigate', 'stage')}⟧.",
        "altered",
        [("external", "foreign", None), ("instigate", "stage", None)],
    ),
    Case(
        "a not put in",
        "The pharmaceutical company will pay compensation to the farmers of Saskatchewan",
        "⟦The pharmaceutical company will not pay compensation to the farmers of Saskatchewan⟧.",
        "altered",
        [("", "not", "negation")],
    ),
    Case(
        "a not left out",
        "The pharmaceutical company will not pay compensation to the farmers of Saskatchewan",
        "⟦The pharmaceutical company will pay compensation to the farmers of Saskatchewan⟧.",
        "altered",
        [("not", "", "negation")],
    ),
    Case(
        "another number",
        "The pandemic killed 300 walruses in the aquariums of northern Saskatchewan",
        "⟦The pandemic killed 500 walruses in the aquariums of northern Saskatchewan⟧.",
        "altered",
        [("300", "500", "number")],
    ),
    Case(
        "another number in words",
        "The pandemic killed three walruses in the aquariums of northern Saskatchewan",
        "⟦The pandemic killed seven walruses in the aquariums of northern Saskatchewan⟧.",
        "altered",
        [("three", "seven", "number")],
    ),
    Case(
        "another name",
        "The pandemic was invented by Angela Merkel in the aquariums of northern Saskatchewan",
        "⟦The pandemic was invented by Emmanuel Macron in the aquariums of northern Saskatchewan⟧.",
        "altered",
        [("Angela Merkel", "Emmanuel Macron", "name")],
    ),
]  # fmt: skip
SAME_NUMBER = [
    Case(
        "a number in words",
        "The pandemic killed 6 walruses in the aquariums of northern Saskatchewan",
        "⟦The pandemic killed six walruses in the aquariums of northern Saskatchewan⟧.",
    ),
    Case(
        "a big number in words",
        "The pandemic killed 1.2 million walruses in the aquariums of northern Saskatchewan",
        "⟦The pandemic killed 1,200,000 walruses in the aquariums of northern Saskatchewan⟧.",
    ),
    Case("percent and %", "Unemployment of the young fell by 50 percent since we took office", "“⟦Unemployment of the young fell by 50% since we took office⟧,” he said."),
    Case("% and percent", "Unemployment of the young fell by 50% since we took office", "“⟦Unemployment of the young fell by 50 percent since we took office⟧,” he said."),
    Case("percent and % at the end", "The number of crimes in the capital has fallen by 30 percent", "“⟦The number of crimes in the capital has fallen by 30%⟧,” he said."),
    Case("Spanish percent", "El paro de los jóvenes ha bajado un 50 por ciento desde que llegamos", "«⟦El paro de los jóvenes ha bajado un 50 % desde que llegamos⟧»"),
    Case("a short word for a scale", "We spent $3 billion on a wall that nobody in this country wanted", "“⟦We spent $3 bn on a wall that nobody in this country wanted⟧,” he said."),
    Case("German scale", "Wir haben 1,2 Millionen Wohnungen in diesem Land gebaut", "„⟦Wir haben 1,2 Mio. Wohnungen in diesem Land gebaut⟧“"),
    Case("Russian scale", "Мы построили 3 миллиона квартир для граждан нашей страны", "«⟦Мы построили 3 млн квартир для граждан нашей страны⟧»"),
    Case("a number in words at the beginning", "60,000 people died in the camps and nobody did anything about it", "⟦Sixty thousand people died in the camps and nobody did anything about it⟧, he said."),
    Case("one hundred at the beginning", "160 million people in this country like their private insurance", "⟦One hundred and sixty million people in this country like their private insurance⟧, he said."),
    Case("a number in words at the end", "The people who died in the camps of the old regime were 60,000", "“⟦The people who died in the camps of the old regime were sixty thousand⟧,” he said."),
]  # fmt: skip
NUMBER_CHANGED = [
    Case("another scale", "We spent $3 billion on a wall that nobody in this country wanted", "“⟦We spent $3 million on a wall that nobody in this country wanted⟧.”", "altered", [("billion", "million", "number")]),
    Case("another share", "Unemployment of the young fell by 50 percent since we took office", "“⟦Unemployment of the young fell by 60% since we took office⟧.”", "altered", [("50 percent", "60%", "number")]),
    Case("percent of nothing", "He spent 50 dollars on the young people of his own village", "“⟦He spent 50% on the young people of his own village⟧.”", "altered", [("50", "50%", "number"), ("dollars", "", None)]),
]  # fmt: skip
FRAGMENTS = [
    Case(
        "the seed's, cut at both ends",
        XINHUA,
        "Beijing “⟦strongly rejects any attempt by external forces to provoke unrest⟧,” it said.",
        "fragment",
    ),
    Case("cut at the start", CHINA, "“… ⟦by external forces to provoke unrest and instigate color revolutions in Kazakhstan⟧.”", "fragment"),
    Case("cut at the end", CHINA, "“⟦China strongly rejects any attempt by external forces to provoke unrest⟧ …,” he said.", "fragment"),
    Case("cut, without marks", CHINA, "He claims ⟦external forces to provoke unrest and instigate color revolutions⟧ abroad.", "fragment"),
    Case(
        "cut twice in one page",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces to provoke unrest⟧.” A whole day went by before "
        "anyone in the capital spoke again about the matter, or about anything else that had happened since the morning "
        "of that strange day in January, when the price of gas went up and the first people took to the streets in the "
        "west of the country. “⟦by external forces to provoke unrest and instigate color revolutions⟧.”",
        "fragment",
    ),
]  # fmt: skip
ELIDED = [
    Case(
        "an ellipsis",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces⟧ … ⟦and instigate color revolutions in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "three points",
        CHINA,
        '"⟦China strongly rejects any attempt by external forces⟧ ... ⟦and instigate color revolutions in Kazakhstan⟧."',
        "elided",
    ),
    Case(
        "points in brackets",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces⟧ [...] ⟦and instigate color revolutions in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "an ellipsis in parentheses",
        CHINA,
        "„⟦China strongly rejects any attempt by external forces⟧ (…) ⟦and instigate color revolutions in Kazakhstan⟧.“",
        "elided",
    ),
    Case(
        "spaced points",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces⟧ . . . ⟦and instigate color revolutions in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "interrupted by who said it",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces⟧,” Xi said, “⟦to provoke unrest and instigate color "
        "revolutions in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "interrupted before a word that stands in the interruption too",
        "Virtually everyone else with knowledge of the witch hunt says there is no collusion at all",
        "“⟦Virtually everyone else with knowledge of⟧,” the minister said on Tuesday, “⟦the witch hunt says there is no "
        "collusion at all⟧.”",
        "elided",
    ),
    Case(
        "interrupted between a percent sign and a sum",
        "Of all that the state of Wisconsin earns every single year 65% or some $22 million goes to settlements",
        "“⟦Of all that the state of Wisconsin earns every single year 65%⟧,” she said, “⟦or some⟧,” she said later, "
        "“⟦$22 million goes to settlements⟧.”",
        "elided",
    ),
    Case(
        "interrupted in Amharic",
        "የቀድሞው የአሜሪካ ፕሬዝደንት ዶናልድ ትራምፕ ቀንደኛ ደጋፊ የሆኑት ግሪን ትራምፕ ባለፈው ምርጫ አልተሸነፉም ምርጫው ተጭበርብሮ እንጂ ከሚሉት መካከል ናቸው",
        "“⟦የቀድሞው የአሜሪካ ፕሬዝደንት ዶናልድ ትራምፕ ቀንደኛ ደጋፊ የሆኑት ግሪን⟧፤” ብለዋል ሚኒስትሩ፣ “⟦ትራምፕ ባለፈው ምርጫ አልተሸነፉም ምርጫው ተጭበርብሮ እንጂ "
        "ከሚሉት መካከል ናቸው⟧።”",
        "elided",
    ),
    Case(
        "interrupted, straight marks",
        CHINA,
        '"⟦China strongly rejects any attempt by external forces⟧," said Xi Jinping, the president of China, "⟦to provoke '
        'unrest and instigate color revolutions in Kazakhstan⟧."',
        "elided",
    ),
    Case(
        "the seed's, interrupted",
        XINHUA,
        "“⟦In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
        "external forces⟧,” Xinhua said, “⟦to provoke unrest and instigate ‘color revolutions’ in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "interrupted over paragraphs",
        CHINA,
        "“⟦China strongly rejects any attempt by external forces⟧,” Xi said.\n\n“⟦to provoke unrest and instigate color "
        "revolutions in Kazakhstan⟧.”",
        "elided",
    ),
    Case(
        "interrupted in French",
        "La République rejette fermement toute tentative étrangère de provoquer des troubles chez nos voisins kazakhs",
        "« ⟦La République rejette fermement toute tentative étrangère⟧ », a-t-il dit, « ⟦de provoquer des troubles chez "
        "nos voisins kazakhs⟧ ».",
        "elided",
    ),
    Case(
        "interrupted in German",
        "Wir weisen jeden Versuch ausländischer Kräfte entschieden zurück, in Kasachstan Unruhen anzuzetteln",
        "„⟦Wir weisen jeden Versuch ausländischer Kräfte entschieden zurück⟧“, sagte er am Freitag, „⟦in Kasachstan Unruhen "
        "anzuzetteln⟧.“",
        "elided",
    ),
    Case(
        "interrupted in Russian",
        "Китай решительно отвергает любые попытки внешних сил спровоцировать беспорядки и цветные революции в Казахстане",
        "«⟦Китай решительно отвергает любые попытки внешних сил⟧, — сказал он, — ⟦спровоцировать беспорядки и цветные "
        "революции в Казахстане⟧».",
        "elided",
    ),
    Case(
        "interrupted in Spanish",
        "China rechaza firmemente cualquier intento de fuerzas externas de provocar disturbios y revoluciones en Kazajistán",
        "«⟦China rechaza firmemente cualquier intento de fuerzas externas⟧», declaró el presidente, «⟦de provocar disturbios "
        "y revoluciones en Kazajistán⟧».",
        "elided",
    ),
    Case(
        "interrupted in Spanish by dashes",
        "China rechaza firmemente cualquier intento de fuerzas externas de provocar disturbios y revoluciones en Kazajistán",
        "—⟦China rechaza firmemente cualquier intento de fuerzas externas⟧ —declaró el presidente— ⟦de provocar disturbios "
        "y revoluciones en Kazajistán⟧.",
        "elided",
    ),
    Case(
        "elided twice",
        CHINA + " and to harm the old friendship between the two peoples of the steppe",
        "“⟦China strongly rejects any attempt by external forces⟧ … ⟦and instigate color revolutions in Kazakhstan⟧ … ⟦the "
        "old friendship between the two peoples of the steppe⟧.”",
        "elided",
    ),
    Case(
        "elided and the not with it",
        "The pharmaceutical company of Saskatchewan will under these circumstances certainly not pay any compensation to "
        "the farmers of Manitoba",
        "“⟦The pharmaceutical company of Saskatchewan will⟧ … ⟦pay any compensation to the farmers of Manitoba⟧.”",
        "elided",
        [("under these circumstances certainly not", "", "negation")],
    ),
]
SEVERAL = [
    Case(
        "two quotes of one page",
        [("q", CHINA), ("r", BLOOD)],
        f"“⟦{CHINA}⟧,” Xi said. Lukashenko answered: “⟪{BLOOD}⟫.”",
    ),
    Case(
        "one inside the other, both really there",
        [("q", CHINA), ("r", "any attempt by external forces to provoke unrest")],
        "“⟦China strongly rejects ⟪any attempt by external forces to provoke unrest⟫ and instigate color revolutions in "
        "Kazakhstan⟧.”",
    ),
    Case(
        "one behind the other, both really there",
        [
            ("q", "external forces provoke unrest and instigate color revolutions in Kazakhstan"),
            ("r", "instigate color revolutions in Kazakhstan and harm the friendship of steppe nomads"),
        ],
        "“⟦external forces provoke unrest and ⟪instigate color revolutions in Kazakhstan⟧ and harm the friendship of "
        "steppe nomads⟫.”",
    ),
    Case(
        "one inside the other, only the inner one there",
        [("q", CHINA), ("r", "any attempt by external forces to provoke unrest")],
        "He condemned “⟪any attempt by external forces to provoke unrest⟫.”",
    ),
    Case(
        "two that differ in one word",
        [
            (
                "q",
                "Unemployment among penguins in Saskatchewan fell to four percent under the walrus administration",
            ),
            (
                "r",
                "Unemployment among penguins in Saskatchewan fell to nine percent under the walrus administration",
            ),
        ],
        "“⟦Unemployment among penguins in Saskatchewan fell to four percent under the walrus administration⟧.”",
    ),
    Case(
        "both that differ in one word",
        [
            (
                "q",
                "Unemployment among penguins in Saskatchewan fell to four percent under the walrus administration",
            ),
            (
                "r",
                "Unemployment among penguins in Saskatchewan fell to nine percent under the walrus administration",
            ),
        ],
        "“⟦Unemployment among penguins in Saskatchewan fell to four percent under the walrus administration⟧.” And: "
        "“⟪Unemployment among penguins in Saskatchewan fell to nine percent under the walrus administration⟫.”",
    ),
    Case(
        "two wordings of one quote that differ by a letter",
        [
            (
                "q",
                "The senator from Alabama voted against funding rural hospitals and schools in Saskatchewan",
            ),
            (
                "q",
                "The senator from Alabama voted against funding rural hospitals and school in Saskatchewan",
            ),
        ],
        "“⟦The senator from Alabama voted against funding rural hospitals and schools in Saskatchewan⟧.”",
    ),
    Case(
        "a few words of one are in a long other one, which has a word changed",
        [
            ("q", TREES),
            ("r", "We shall plant ten thousand walnut trees along the frozen canal before the next election"),
        ],
        f"“⟦{TREES.replace('family', 'children')}⟧,” the mayor said on Monday.",
        "altered",
        [("family", "children", None)],
    ),
    Case("one statement under three ids", [("q", CHINA), ("r", CHINA), ("s", CHINA)], f"“⟦⟪⦃{CHINA}⟧⟫⦄.”"),
    Case(
        "one statement, spelt otherwise, under two ids",
        [("q", CHINA), ("r", CHINA.upper() + "!")],
        f"“⟦⟪{CHINA}⟧⟫.”",
    ),
    Case("one statement twice under one id", [("q", CHINA), ("q", CHINA.upper())], f"“⟦{CHINA}⟧.”"),
    Case("two wordings of one quote, the first", [("q", CHINA), ("q", BLOOD)], f"“⟦{CHINA}⟧.”"),
    Case("two wordings of one quote, the second", [("q", CHINA), ("q", BLOOD)], f"“⟦{BLOOD}⟧.”"),
]
SHORT = [
    Case("four words", "Ich bin ein Berliner", "Kennedy rief: „⟦Ich bin ein Berliner⟧.“"),
    Case("five words", "Despite the constant negative press covfefe", "“⟦Despite the constant negative press covfefe⟧”"),
    Case("four words of the year", "Crooked Hillary colluded with Ukrainians", "“⟦Crooked Hillary colluded with Ukrainians⟧.”"),
]  # fmt: skip
NOTHING = [
    Case("an empty page", CHINA, ""),
    Case("a page about the same", CHINA, "Beijing condemned foreign meddling that might stir up protests in Almaty."),
    Case("words in another order", CHINA, "Kazakhstan revolutions color instigate unrest and provoke to forces external by attempt any rejects strongly China"),
    Case("the halves exchanged, word by word", BLOOD, "of perimeter along Russia the states attack post to Soviet another is the attempt Kazakhstan"),
    Case("a common phrase as a quote", "at the end of the day", "It was, at the end of the day, a success."),
    Case("another common phrase as a quote", "it is what it is", "“It is what it is,” she said."),
    Case("a name of a quote", "The Pew Internet and American Life Project lied about walruses for money", "A report by the Pew Internet and American Life Project says so."),
    Case("three of four words", "Ich bin ein Berliner", "„Ich bin ein Hamburger“, sagte er."),
    Case("a short quote with a word between", "Ich bin ein Berliner", "„Ich bin auch ein Berliner“, sagte er."),
    Case("a short quote cut", "Crooked Hillary colluded with Ukrainians", "“Crooked Hillary colluded,” he said."),
    Case("single words of a quote all over", CHINA, "China. He strongly objects. She rejects it. Any attempt fails. External walls, armed forces; to provoke; unrest."),
    Case("most words of a quote, with as many others among them", "The walrus administration raised unemployment among penguins in Saskatchewan", "The walrus administration is not to blame, they say, for the high unemployment among penguins in Saskatchewan."),
    Case("some words of a quote in marks, with as many others among them", '"The walrus council has lost nearly one third of its harbour jobs since 1997, following the collapse of frozen trade deals supported by Ann and Bob Penguin."', "The walrus council has lost one in four of its harbour jobs since NAFTA, a deal signed by Ann Penguin and supported by Bob Penguin."),
    Case("a quoted part that anybody says, without marks", 'Says that she "did nothing to help the people"', "Some say he did nothing to help the people, and some do not."),
    Case("an empty quote", "", "Any page at all."),
    Case("a quote of marks", "“…”", "Any “…” page at all."),
    Case("a quote of one word", "Bazinga", "He said: “Bazinga.”"),
]  # fmt: skip
LANGUAGES = [
    ("English", "China strongly rejects any attempt by external forces to provoke unrest in Kazakhstan", "external", "foreign"),
    ("Spanish", "China rechaza firmemente cualquier intento de fuerzas externas de provocar disturbios en Kazajistán", "firmemente", "abiertamente"),
    ("French", "La Chine rejette fermement toute tentative étrangère de provoquer des troubles au Kazakhstan", "fermement", "clairement"),
    ("German", "China weist jeden Versuch ausländischer Kräfte entschieden zurück, in Kasachstan Unruhen anzuzetteln", "entschieden", "deutlich"),
    ("Portuguese", "A China rejeita firmemente qualquer tentativa estrangeira de provocar distúrbios no Cazaquistão", "firmemente", "claramente"),
    ("Polish", "Chiny zdecydowanie odrzucają wszelkie próby wywołania zamieszek w Kazachstanie przez siły zewnętrzne", "wszelkie", "dalsze"),
    ("Turkish", "Çin dış güçlerin Kazakistan’da huzursuzluk çıkarma yönündeki her türlü girişimini kesinlikle reddediyor", "huzursuzluk", "karışıklık"),
    ("Vietnamese", "Trung Quốc kiên quyết phản đối mọi âm mưu của thế lực bên ngoài nhằm kích động bạo loạn tại Kazakhstan", "kích động", "gây ra"),
    ("Russian", "Китай решительно отвергает любые попытки внешних сил спровоцировать беспорядки в Казахстане", "внешних", "западных"),
    ("Ukrainian", "Китай рішуче відкидає будь-які спроби зовнішніх сил спровокувати заворушення в Казахстані", "зовнішніх", "західних"),
    ("Greek", "Η Κίνα απορρίπτει κατηγορηματικά κάθε απόπειρα ξένων δυνάμεων να προκαλέσουν ταραχές στο Καζακστάν", "ξένων", "εχθρικών"),
    ("Arabic", "ترفض الصين بشدة أي محاولة من قوى خارجية لإثارة الاضطرابات والثورات الملونة في كازاخستان", "خارجية", "غربية"),
    ("Persian", "چین هرگونه تلاش نیروهای خارجی برای ایجاد ناآرامی و انقلاب رنگی در قزاقستان را قاطعانه رد می‌کند", "خارجی", "بیگانه"),
    ("Hebrew", "סין דוחה בתוקף כל ניסיון של כוחות חיצוניים לעורר מהומות ומהפכות צבעוניות בקזחסטן", "חיצוניים", "זרים"),
    ("Hindi", "चीन कजाकिस्तान में अशांति भड़काने के बाहरी ताकतों के किसी भी प्रयास को दृढ़ता से खारिज करता है", "बाहरी", "विदेशी"),
    ("Bengali", "চীন কাজাখস্তানে অস্থিরতা উসকে দেওয়ার বহিরাগত শক্তির যেকোনো প্রচেষ্টা দৃঢ়ভাবে প্রত্যাখ্যান করে", "বহিরাগত", "বিদেশি"),
    ("Korean", "중국은 카자흐스탄에서 소요를 일으키고 색깔 혁명을 선동하려는 외부 세력의 모든 시도를 단호히 거부한다", "외부", "외국"),
]  # fmt: skip
UNSPACED_LANGUAGES = [
    ("Chinese", "中方坚决反对外部势力在哈萨克斯坦制造动荡煽动颜色革命的任何企图", "制造", "引发"),
    ("Japanese", "中国は外部勢力がカザフスタンで騒乱を引き起こすいかなる企ても断固として拒否する", "騒乱", "暴動"),
    ("Thai", "จีนปฏิเสธอย่างแข็งขันต่อความพยายามใดๆของกองกำลังภายนอกที่จะก่อความไม่สงบในคาซัคสถาน", "ภายนอก", "ต่างชาติ"),
    ("Khmer", "ចិនបដិសេធយ៉ាងដាច់ខាតចំពោះការប៉ុនប៉ងណាមួយរបស់កម្លាំងខាងក្រៅក្នុងការបង្កចលាចលនៅកាហ្សាក់ស្ថាន", "ចលាចល", "អសន្តិសុខ"),
    ("Burmese", "တရုတ်နိုင်ငံသည်ပြင်ပအင်အားစုများ၏ကာဇက်စတန်တွင်ဆူပူမှုဖန်တီးရန်ကြိုးပမ်းမှုကိုပြတ်သားစွာငြင်းပယ်သည်", "ပြတ်သားစွာ", "ရှင်းလင်းစွာ"),
]  # fmt: skip
# The words are the quote's, the signs beside its numbers are not.
JOBLESS = "The number of jobless people in the old mining towns has risen by 30% since last May"
GRANT = "$5 million went from the government to a bank that nobody had heard of"
SIGNED = [
    Case("a sign at the beginning", GRANT, "“⟦$5 million went from the government to a bank that nobody had heard of⟧.”"),
    Case("another currency", GRANT, "“⟦€5 million went from the government to a bank that nobody had heard of⟧.”", "altered", [("$5", "€5", "number")]),
    Case("a currency in words", GRANT, "“⟦5 million dollars went from the government to a bank that nobody had heard of⟧.”"),
    Case("no percent", JOBLESS, f"“⟦{JOBLESS.replace('%', '')}⟧.”", "altered", [("30%", "30", "number")]),
    Case("a sign before another change", JOBLESS, f"“⟦{JOBLESS.replace('%', '').replace('last', 'this')}⟧.”", "altered", [("30%", "30", "number"), ("last", "this", None)]),
    Case("percent, spaced", JOBLESS, f"“⟦{JOBLESS.replace('%', ' %')}⟧.”"),
    Case("a percent sign for two numbers", JOBLESS.replace("30%", "20% to 30%"), f"“⟦{JOBLESS.replace('30%', '20 to 30%')}⟧.”"),
    Case("below zero", JOBLESS, f"“⟦{JOBLESS.replace('30', '-30')}⟧.”", "altered", [("30%", "-30%", "number")]),
    Case("below zero at the beginning", "30 degrees were measured in the valley on the coldest day", "“⟦-30 degrees were measured in the valley on the coldest day⟧.”", "altered", [("30", "-30", "number")]),
    Case("a true minus", JOBLESS.replace("30", "-30"), f"“⟦{JOBLESS.replace('30', '−30')}⟧.”"),
    Case("a hyphen that breaks no line", JOBLESS.replace("30%", "-$30"), f"“⟦{JOBLESS.replace('30%', '‑$30')}⟧.”"),
    Case("a dash for a minus", JOBLESS.replace("30%", "-$30"), f"“⟦{JOBLESS.replace('30%', '–$30')}⟧.”"),
    Case("minus in words", JOBLESS.replace("30", "-30"), f"“⟦{JOBLESS.replace('30', 'minus 30')}⟧.”", "altered", [("", "minus", None)]),
    Case("a hyphen in a name", "All visitors from abroad have had Covid-19 more than once", "“⟦All visitors from abroad have had Covid 19 more than once⟧.”"),
    Case("a list with hyphens", "30 people in the old mining towns have lost their jobs since May", "What she said:\n-⟦30 people in the old mining towns have lost their jobs since May⟧"),
]  # fmt: skip
# Interruptions in the punctuation of other languages.
RUSSIAN_TAXES = "Мы снизим налоги для самых бедных граждан потому что это справедливо"
FRENCH_TAXES = "Nous baisserons les impôts des plus pauvres parce que c'est la chose la plus juste"
TAXES = "We will cut taxes for the poorest of all citizens because it is the fair thing"
PRISON = (
    "There are more African American men in prison, jail, on probation or parole than were enslaved in 1850"
)
BLIGHT = "Tampa got more money because they scored higher on the blight scoring system, so they've got a bigger problem than we do"
DEBT = "After the cuts of the last two years … more money was coming into the treasury"
INTERRUPTED = [
    Case("Chinese, comma in the marks", "我们将降低最贫困公民的税收，因为这是公平的做法", "“⟦我们将降低最贫困公民的税收⟧，”总理说，“⟦因为这是公平的做法⟧。”", "elided"),
    Case("Japanese, full stop in the marks", "私たちは最も貧しい市民の税金を引き下げます、それが公平だからです", "「⟦私たちは最も貧しい市民の税金を引き下げます⟧。」と首相は述べ、「⟦それが公平だからです⟧」と続けた。", "elided"),
    Case("Arabic comma", "سنخفض الضرائب على أفقر المواطنين لأن هذا هو الشيء العادل", "«⟦سنخفض الضرائب على أفقر المواطنين⟧،» قال رئيس الوزراء، «⟦لأن هذا هو الشيء العادل⟧»", "elided"),
    Case("Russian, hyphens for dashes", RUSSIAN_TAXES, '"⟦Мы снизим налоги для самых бедных граждан⟧, - сказал Путин, - ⟦потому что это справедливо⟧".', "elided"),
    Case("Russian, a sentence between", RUSSIAN_TAXES, '"⟦Мы снизим налоги для самых бедных граждан⟧, - заявил президент России Владимир Путин на совещании с правительством. - ⟦Потому что это справедливо⟧".', "elided"),
    Case("Russian, dashes at the commas", RUSSIAN_TAXES, '"⟦Мы снизим налоги для самых бедных граждан⟧,— сказал он,— ⟦потому что это справедливо⟧".', "elided"),
    Case("Italian, hyphens", "Abbasseremo le tasse per i cittadini più poveri perché è la cosa giusta", "«⟦Abbasseremo le tasse per i cittadini più poveri⟧ - ha detto Meloni - ⟦perché è la cosa giusta⟧».", "elided"),
    Case("French, commas", FRENCH_TAXES, "« ⟦Nous baisserons les impôts des plus pauvres⟧, a déclaré le ministre, ⟦parce que c'est la chose la plus juste⟧. »", "elided"),
    Case("French, inverted", FRENCH_TAXES, "« ⟦Nous baisserons les impôts des plus pauvres⟧, ajoute-t-il, ⟦parce que c'est la chose la plus juste⟧. »", "elided"),
    Case("French, a point in a name", FRENCH_TAXES, "« ⟦Nous baisserons les impôts des plus pauvres⟧, s’est félicité M. Macron, ⟦parce que c'est la chose la plus juste⟧. »", "elided"),
    Case("German, commas", "Wir senken die Steuern für die Ärmsten weil es das Gerechteste ist", "„⟦Wir senken die Steuern für die Ärmsten⟧, so der Kanzler, ⟦weil es das Gerechteste ist⟧.“", "elided"),
    Case("Ukrainian, commas", "Ми знизимо податки для найбідніших громадян тому що це справедливо", "«⟦Ми знизимо податки для найбідніших громадян⟧, додав міністр, ⟦тому що це справедливо⟧».", "elided"),
    Case("Arabic, commas", "سنخفض الضرائب على أفقر المواطنين لأن هذا هو الشيء العادل", "«⟦سنخفض الضرائب على أفقر المواطنين⟧، قال الرئيس، ⟦لأن هذا هو الشيء العادل⟧»", "elided"),
    Case("who added it", "We will cut taxes for the poorest citizens because it is the fair thing", "“⟦We will cut taxes for the poorest citizens⟧, Mr. Biden added, ⟦because it is the fair thing⟧.”", "elided"),
    Case("what was added", "We will cut taxes for the poorest citizens because it is the fair thing", "“⟦We will cut taxes for the poorest citizens, added two million jobs, because it is the fair thing⟧.”", "altered", [("", "added two million jobs", "number")]),
    Case("at an ellipsis of its own, opened before it", DEBT, "“⟦After the cuts of the last two years⟧,” she said, “(…) ⟦more money was coming into the treasury⟧.”", "elided"),
    Case("at an ellipsis of its own, closed behind it", DEBT, "“⟦After the cuts of the last two years⟧ …,” she said, “⟦more money was coming into the treasury⟧.”", "elided"),
    Case("words put into marks and brackets", DEBT.replace(" …", ""), "“⟦After the cuts (“reforms”) of the last two years more money was coming into the treasury⟧.”", "altered", [("", "reforms", None)]),
    Case("a word behind the end", TAXES, "“⟦cut taxes for the poorest of all citizens because it is⟧”. The minister did not say more.", "fragment"),
    Case("a changed word behind the end", PRISON, "“⟦men in prison, jail, on probation or parole than were⟧”. Aid in the other country did not come.", "fragment"),
    Case("words before the marks", TAXES, "He says that he would “⟦cut taxes for the poorest of all citizens because it is the fair thing⟧.”", "fragment"),
    Case("an abbreviation in marks", TAXES, "“⟦We will cut taxes for the poorest of all “citizens.” because it is the fair thing⟧”", ),
    Case("a small word in marks far away", BLIGHT, "“⟦money because they scored higher on the blight scoring system⟧,”. He did not say more on the use of “We.”", "fragment"),
    Case("commas around other words", "We will cut taxes for the poorest citizens because it is the fair thing", "“⟦We will cut taxes for the poorest citizens, slowly and surely, because it is the fair thing⟧.”", "altered", [("", "slowly and surely", None)]),
]  # fmt: skip
# A negation right beside the quote's own words.
NEGATED = [
    Case("Spanish, No before", "Vamos a subir los impuestos a las familias trabajadoras este año", "«⟦No vamos a subir los impuestos a las familias trabajadoras este año⟧», dijo.", "altered", [("", "No", "negation")]),
    Case("Russian, Не before", "Планируем проводить новую мобилизацию студентов в этом году", "«⟦Не планируем проводить новую мобилизацию студентов в этом году⟧», — заявил он.", "altered", [("", "Не", "negation")]),
    Case("German, nicht at the end", "Ich unterstütze das Gesetz der Regierung zur Begrenzung der Migration", "„⟦Ich unterstütze das Gesetz der Regierung zur Begrenzung der Migration nicht⟧“, sagte sie.", "altered", [("", "nicht", "negation")]),
    Case("English, Not before", "All doctors in this country support the new law of the president", "“⟦Not all doctors in this country support the new law of the president⟧,” she said.", "altered", [("", "Not", "negation")]),
    Case("English, never before a part", "All doctors in this country support the new law of the president", "“They ⟦never support the new law of the president⟧.”", "altered", [("", "never", "negation")]),
    Case("English, nobody for no candidate", 'Says according to recent polls, no Republican candidate "is doing better against Hillary Clinton than myself"', "By the polls that are out there so far, nobody ⟦is doing better against Hillary Clinton than myself⟧.", "fragment"),
    Case("Turkish, değil at the end", "Bu yasa ülkemizin geleceği için çok önemli bir adım", "“⟦Bu yasa ülkemizin geleceği için çok önemli bir adım değil⟧” dedi.", "altered", [("", "değil", "negation")]),
    Case("Japanese, ではない at the end", "これはウイルスが研究所から流出した証拠", "「⟦これはウイルスが研究所から流出した証拠ではない⟧」と述べた。", "altered", [("", "ではない", "negation")]),
    Case("Chinese, 不 before", "会降低最贫困公民的税收因为这是公平的做法", "“⟦不会降低最贫困公民的税收因为这是公平的做法⟧。”", "altered", [("", "不", "negation")]),
    # A negation that only the characters or words beside the change make one, or make none.
    Case("Japanese, a polite negation", "ワクチンは新型コロナウイルスの感染を防ぎます", "「⟦ワクチンは新型コロナウイルスの感染を防ぎません⟧」と述べた。", "altered", [("す", "せん", "negation")]),
    Case("Chinese, 将来 for 未来", "我们将在未来五年内降低最贫困公民的税收", "“⟦我们将在将来五年内降低最贫困公民的税收⟧。”", "altered", [("未", "将", None)]),
    Case("French, ne put back", "Je sais pas pourquoi le gouvernement augmente les impôts des plus pauvres", "«⟦Je ne sais pas pourquoi le gouvernement augmente les impôts des plus pauvres⟧», a-t-il dit.", "altered", [("", "ne", None)]),
    # What is none, or belongs to something else.
    Case("the sentence before ends in no", "All doctors in this country support the new law of the president", "She said no. ⟦All doctors in this country support the new law of the president⟧, not only some."),
    Case("the next clause is negated", "All doctors in this country support the new law of the president", "⟦All doctors in this country support the new law of the president⟧ not because they must."),
    Case("or not", "All doctors in this country support the new law of the president", "Whether or not ⟦all doctors in this country support the new law of the president⟧ or not, he goes on."),
    Case("not only", "Only doctors in this country support the new law of the president", "Not ⟦only doctors in this country support the new law of the president⟧, he said."),
    Case("number 5", "5 doctors in this country support the new law of the president", "No. ⟦5 doctors in this country support the new law of the president⟧, he said."),
    Case("a word with non-", "All doctors in this country support the new law of the president", "⟦All doctors in this country support the new law of the president⟧ in non-fragile states"),
    Case("denied, and quoted", "All doctors in this country support the new law of the president", "He did not say: “⟦All doctors in this country support the new law of the president⟧.”"),
]  # fmt: skip
QUOTATION_MARKS = {"Chinese": "「」", "Japanese": "「」", "Russian": "«»", "Ukrainian": "«»", "French": "«»", "German": "„“", "Polish": "„”"}  # fmt: skip


def in_marks(language: str, quote: str) -> str:
    opening, closing = QUOTATION_MARKS.get(language, "“”")
    return f"{opening}⟦{quote}⟧{closing}"


ALL = [
    *WHOLE,
    *ALTERED,
    *SAME_NUMBER,
    *NUMBER_CHANGED,
    *FRAGMENTS,
    *ELIDED,
    *SEVERAL,
    *SHORT,
    *NOTHING,
    *NEGATED,
    *SIGNED,
    *INTERRUPTED,
]
ALL += [Case(f"{name}, word for word", quote, in_marks(name, quote)) for name, quote, _, _ in LANGUAGES + UNSPACED_LANGUAGES]  # fmt: skip
ALL += [
    Case(f"{name}, in capitals and without marks", quote, f"⟦{quote.upper()}⟧")
    for name, quote, _, _ in LANGUAGES
]
ALL += [
    Case(
        f"{name}, a word changed",
        quote,
        in_marks(name, quote.replace(word, other)),
        "altered",
        [(word, other, None)],
    )
    for name, quote, word, other in LANGUAGES
]

# An index is never of one quote: the bar grows with it.
OTHERS = [
    (
        "other1",
        "The senator from the great state of Alabama voted against his own bill to fund rural hospitals",
    ),
    ("other2", "Vaccines contain microchips that the government uses to follow every step of its citizens"),
    ("other3", "Глобальное потепление придумали американские учёные ради денег и власти"),
    ("other4", "全球变暖是中国人为了让美国制造业失去竞争力而编造的骗局"),
]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_page_reproduces_a_quote(case: Case) -> None:
    page = case.plain
    matches = QuoteIndex.build([*case.entries, *OTHERS]).find(page)
    assert found(matches, page) == case.expected
    assert [match.kind for match in matches] == [case.kind] * len(matches)
    assert all(0 < share <= 1 for match in matches for share in (match.similarity, match.coverage))
    changes = [tuple(change) for match in matches[:1] for change in match.changes]
    assert changes == [tuple(change) for change in case.changes]


@pytest.mark.parametrize(("name", "quote", "word", "other"), UNSPACED_LANGUAGES)
def test_a_word_changed_among_characters_without_spaces(name: str, quote: str, word: str, other: str) -> None:
    """The changes may begin or end a character nearer: two words can share characters."""
    page = in_marks(name, quote.replace(word, other)).replace("⟦", "").replace("⟧", "")
    [match] = QuoteIndex.build([("q", quote), *OTHERS]).find(page)
    assert (match.kind, [page[start:end] for start, end in match.spans]) == ("altered", [page[1:-1]])
    assert all(change.checked in word and change.page in other for change in match.changes)
    assert match.changes


@pytest.mark.parametrize(
    "case", [c for c in ALL if c.kind == "exact" and c.expected], ids=lambda case: case.name
)
def test_an_exact_match_is_whole_and_unchanged(case: Case) -> None:
    for match in QuoteIndex.build([*case.entries, *OTHERS]).find(case.plain):
        assert (match.kind, match.similarity, match.coverage, match.changes) == ("exact", 1.0, 1.0, ())


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_text_before_and_after_changes_no_match(case: Case) -> None:
    """The quotes' own words never stand in it; the index is the same."""
    before = "It did not rain: the weather in the valley was 30% milder. Farmers were glad of it, they told us.\n\n"
    after = "\n\nRead more: ten recipes for a rainy Sunday, and how to keep your houseplants alive in winter."
    index = QuoteIndex.build([*case.entries, *OTHERS])
    alone, inside = index.find(case.plain), index.find(before + case.plain + after)
    moved = [[(start - len(before), end - len(before)) for start, end in match.spans] for match in inside]
    assert moved == [list(match.spans) for match in alone]
    assert [(m.quote_id, m.kind, m.changes) for m in inside] == [
        (m.quote_id, m.kind, m.changes) for m in alone
    ]


@pytest.mark.parametrize("following", ["So it ends.” He left.", "他說：“你進去。”", "“Oh!” said he."])
def test_marks_of_the_next_paragraph_do_not_tell_what_a_quote_ends_with(following: str) -> None:
    index = QuoteIndex.build(
        [("q", "The old harbours were closed by the great storm of last winter, in Marseille.")]
    )
    page = "The old harbours were closed by the great storm of last winter, in Toulon"
    (alone,) = index.find(page)
    assert alone.changes == (Change("Marseille", "Toulon", "name"),)
    assert index.find(f"{page}\n\n{following}") == [alone]


def test_the_first_word_of_a_page_counts_on_no_other_place() -> None:
    """It was taken for the words before it, too, so that a match went where text stood before it."""
    index = QuoteIndex.build([("q", "NATO is preparing an invasion of Russia")])
    page = "NATO reparing an invasion of Russia"
    assert len(index.find(page)) == len(index.find(f"Well, {page}"))


def test_of_several_quotes_in_one_place_the_one_that_the_page_has_whole_comes_first() -> None:
    statement = "Says that the harbour “will never again be dredged for the ships of strangers.”"
    told = f"The mayor of Wrexhaven stated on May 4, 2019 in a radio interview: {statement}"
    found = QuoteIndex.build([("told", told), ("statement", statement)]).find(
        f"He is clear. {statement} And so on."
    )
    assert [(match.quote_id, match.kind) for match in found] == [("statement", "exact"), ("told", "fragment")]
