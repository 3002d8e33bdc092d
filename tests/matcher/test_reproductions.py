"""How newspapers, posts and transcripts reproduce quotes, one case an entry, by what they do to them."""

from __future__ import annotations

import pytest

from matcher import QuoteIndex
from tests.matcher.test_kinds import OTHERS, Case, found

WALL = "Mexico is paying for the wall through the new trade deal, and everybody knows it"
JOBS = (
    "We will build the biggest hospital in the whole of Africa by 2030, and it will be free for all Nigerians"
)
BRIDGES = (
    "We promised the farmers of Saskatchewan that the council would rebuild every wooden bridge across the frozen river "
    "before the next flood"
)
FRACKING = "Joe Biden and Kamala Harris want to ban fracking in Pennsylvania on day one"

EDGES_REPLACED = [
    Case(
        "other words between the same ones at the end of the quotation",
        f"{BRIDGES} as every one of us knows it",
        f"“⟦{BRIDGES} as we wanted it⟧,” he said.",
        "altered",
        [("every one of us knows", "we wanted", None)],
    ),
    Case(
        "another name at the beginning of the quotation",
        WALL,
        f"“⟦{WALL.replace('Mexico', 'Canada')}⟧,” he said.",
        "altered",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name at the end of the quotation",
        JOBS,
        f"“⟦{JOBS.replace('Nigerians', 'Kenyans')}⟧,” he said.",
        "altered",
        [("Nigerians", "Kenyans", "name")],
    ),
    Case(
        "two words for one, in German",
        "Niemand hat die Absicht, eine Mauer zu errichten oder die Stadt zu teilen",
        "„⟦Kein Mensch hat die Absicht, eine Mauer zu errichten oder die Stadt zu teilen⟧“, sagte er.",
        "altered",
        [("Niemand", "Kein Mensch", None)],
    ),
    Case(
        "an editor's name for a pronoun",
        "He is the first president since Herbert Hoover to leave office with fewer jobs than when he entered it",
        "“⟦[Trump] is the first president since Herbert Hoover to leave office with fewer jobs than when he "
        "entered it⟧,” Biden said.",
        "altered",
        [("He", "[Trump]", None)],
    ),
    Case(
        "another name at the beginning of a sentence without marks",
        WALL,
        f"He wrote this. ⟦{WALL.replace('Mexico', 'Canada')}⟧. And so on.",
        "altered",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name at the end of a line without marks",
        JOBS,
        f"⟦{JOBS.replace('Nigerians', 'Kenyans')}⟧\nBy our correspondent",
        "altered",
        [("Nigerians", "Kenyans", "name")],
    ),
    Case(
        "who says it replaces nothing",
        WALL,
        f"Everybody laughed. Trump said ⟦{WALL.removeprefix('Mexico ')}⟧.",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "what announces it replaces nothing",
        WALL,
        f"“NEWS: ⟦{WALL.removeprefix('Mexico ')}⟧.”",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "what stands behind a quotation that ended replaces nothing",
        WALL,
        f"He said “yes” while it ⟦{WALL.removeprefix('Mexico ')}⟧.",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "what stands behind a quotation that ended before a comma replaces nothing",
        WALL,
        f"He said “yes”, and ⟦{WALL.removeprefix('Mexico ')}⟧.",
        "altered",
        [("Mexico", "", None)],
    ),
    Case(
        "another name, and the quote is interrupted",
        WALL,
        "“⟦Canada is paying for the wall⟧,” Trump said, “⟦through the new trade deal, and everybody knows it⟧.”",
        "elided",
        [("Mexico", "Canada", "name")],
    ),
    Case(
        "another name, and the quote is cut",
        FRACKING + ", and in Ohio and Texas on the day after",
        "“⟦Bernie Sanders and Kamala Harris want to ban fracking in Pennsylvania on day one⟧.”",
        "altered",
        [("Joe Biden", "Bernie Sanders", "name")],
    ),
]

UNION = "The United Kingdom will leave the customs union on 31 January 2020, come what may"
CASH = "President Obama released 145 murderers from prison and paid Iran 1.7 billion dollars in cash"
TROOPS = "Our troops are within 20 km of the capital and will be in the city in three days"

SAME_QUANTITY = [
    Case("a date in American order", UNION, f"“⟦{UNION.replace('31 January 2020', 'January 31, 2020')}⟧.”"),
    Case("an ordinal date", UNION, f"“⟦{UNION.replace('31 January', '31st January')}⟧.”"),
    Case("an ordinal date in American order", UNION, f"“⟦{UNION.replace('31 January', 'January 31st,')}⟧.”"),
    Case("a currency's sign", CASH, f"“⟦{CASH.replace('1.7 billion dollars', '$1.7 billion')}⟧,” he said."),
    Case("a currency's sign, and a short scale", CASH, f"“⟦{CASH.replace('1.7 billion dollars', '$1.7bn')}⟧.”"),
    Case(
        "a currency's sign in Russian",
        "США потратили на революцию в Киеве 5 миллиардов долларов, об этом говорила сама Нуланд",
        "«⟦США потратили на революцию в Киеве $5 млрд, об этом говорила сама Нуланд⟧».",
    ),
    Case(
        "a short scale before a currency's sign in French",
        "Le gouvernement a dépensé 500 millions d'euros en cabinets de conseil pendant la crise",
        "« ⟦Le gouvernement a dépensé 500 M€ en cabinets de conseil pendant la crise⟧ ».",
    ),
    Case("a unit in full", TROOPS, f"“⟦{TROOPS.replace('km', 'kilometres')}⟧.”"),
    Case("pc", "Crime in the city fell by 12 percent last year under our new mayor", "“⟦Crime in the city fell by 12pc last year under our new mayor⟧.”"),
    Case("a percentage in words at the beginning", "Ninety-four percent of winter storm claims were paid within thirty days", "“⟦94% of winter storm claims were paid within 30 days⟧.”"),
    Case("a percentage in words at the end", "Za rządów Platformy bezrobocie wynosiło 14 procent, a teraz nie przekracza trzech procent", "„⟦Za rządów Platformy bezrobocie wynosiło 14%, a teraz nie przekracza 3%⟧”."),
    Case("a percentage in Turkish", "Seçimlerde sandıkların yüzde 99'u üç saat içinde açılmıştır", "“⟦Seçimlerde sandıkların %99'u üç saat içinde açılmıştır⟧” dedi."),
    Case("a percentage in Japanese", "消費税を10%に引き上げても景気は悪化しないと約束する", "「⟦消費税を10パーセントに引き上げても景気は悪化しないと約束する⟧」"),
    Case("a sign for a currency's word at the end", "Los migrantes cobran una ayuda mientras nuestros mayores reciben 700 euros", "«⟦Los migrantes cobran una ayuda mientras nuestros mayores reciben 700 €⟧», dijo."),
    Case("a sign for a currency's word, and a scale at the end", "He bought a villa in the hills above Florence worth 34 million dollars", "“⟦He bought a villa in the hills above Florence worth $34 million⟧,” she said."),
    Case("US dollars", "The debt of this city is $2.3 billion and my predecessor hid it from the voters", "“⟦The debt of this city is US$2.3 billion and my predecessor hid it from the voters⟧.”"),
    Case("one for an article", "Wind turbines kill a million birds a year, and the noise causes cancer", "“⟦Wind turbines kill one million birds a year, and the noise causes cancer⟧.”"),
]  # fmt: skip
OTHER_QUANTITY = [
    Case("another day, in American order", UNION, f"“⟦{UNION.replace('31 January', 'January 30,')}⟧.”", "altered", [("31", "", "number"), ("", "30", "number")]),
    Case("another currency in words", CASH, f"“⟦{CASH.replace('dollars', 'euros')}⟧.”", "altered", [("dollars", "euros", "number")]),
    Case("another currency's sign", CASH, f"“⟦{CASH.replace('1.7 billion dollars', '€1.7 billion')}⟧.”", "altered", [("dollars", "", "number")]),
    Case("another currency at the end", "He bought a villa in the hills above Florence worth 34 million dollars", "“⟦He bought a villa in the hills above Florence worth 34 million euros⟧,” she said.", "altered", [("dollars", "euros", "number")]),
    Case("another measure", TROOPS, f"“⟦{TROOPS.replace('km', 'miles')}⟧.”", "altered", [("km", "miles", "number")]),
    Case("another span of time", TROOPS, f"“⟦{TROOPS.replace('days', 'weeks')}⟧.”", "altered", [("days", "weeks", "number")]),
    Case("percentage points", "Crime in the city fell by 12 percent last year under our new mayor", "“⟦Crime in the city fell by 12 percentage points last year under our new mayor⟧.”", "altered", [("percent", "percentage points", "number")]),
    Case("thousands are not a thousand", "Not one Republican voted for the bill that brought 1,000 jobs to this very district", "“⟦Not one Republican voted for the bill that brought thousands of jobs to this very district⟧.”", "altered", [("1,000", "thousands of", None)]),
    Case("a unit of nothing", "We stayed in that town for days and nobody came to help the wounded people", "“⟦We stayed in that town for weeks and nobody came to help the wounded people⟧.”", "altered", [("days", "weeks", None)]),
]  # fmt: skip

_DATED = "The United Kingdom will leave the customs union on 2 January 2020, come what may"


def _dated(date: str, told: str, day: str) -> Case:
    """`told`: "same", or the guard of the change from `date` to `day`."""
    quote = _DATED.replace("2 January 2020", date)
    changes = [] if told == "same" else [(date, day, told or None)]
    return Case(
        f"{date} as {day}",
        quote,
        f"“⟦{_DATED.replace('2 January 2020', day)}⟧.”",
        "altered" if changes else "exact",
        changes,
    )


NUMERIC_DATES = [
    _dated("31 January 2020", "same", "31/01/2020"),
    _dated("31 January 2020", "same", "1/31/2020"),
    _dated("31 January 2020", "same", "31.1.2020"),
    _dated("31 January 2020", "same", "2020-01-31"),
    _dated("January 31, 2020", "same", "31-01-2020"),
    _dated("31/01/2020", "same", "January 31st, 2020"),
    _dated("2 January 2020", "same", "02.01.2020"),
    _dated("2 января 2020", "same", "02.01.2020"),
    _dated("2 January 2020", "", "01/02/2020"),
    _dated("2 January 2020", "", "02/01/2020"),
    _dated("2 January 2020", "", "1/2/2020"),
    _dated("2 January 2020", "number", "01.02.2020"),
    Case("another day in digits", _DATED, f"“⟦{_DATED.replace('2 January', '3/1/')}⟧.”".replace("/ ", "/"), "altered", [("2 January", "3/1", "number")]),
]  # fmt: skip

LABOUR = "The labour programme will honour the defence of our neighbours in the eastern Baltic states"
SPELT = [
    Case("two words in one at the end", "The single largest expense in over half of American households is child care", "“⟦The single largest expense in over half of American households is childcare⟧,” she said."),
    Case("a compound without its hyphen at the end", "The hoax was invented to make American manufacturing non-competitive", "“⟦The hoax was invented to make American manufacturing noncompetitive⟧.”"),
    Case("small numbers in digits at the beginning", "One in five American children goes to bed hungry every night of the week", "“⟦1 in 5 American children goes to bed hungry every night of the week⟧.”"),
    Case("American for British", LABOUR, f"“⟦{LABOUR.replace('labour', 'labor').replace('programme', 'program').replace('honour', 'honor').replace('defence', 'defense').replace('neighbours', 'neighbors')}⟧.”"),
    Case("British for American", "Last year we traveled toward the center of the country to organize a meeting of the new committee", "“⟦Last year we travelled towards the centre of the country to organise a meeting of the new committee⟧.”"),
    Case("another spelling at both ends", "Labour is not the only one to blame for what happened in the theatre", "“⟦Labor is not the only one to blame for what happened in the theater⟧.”"),
    Case("Brazilian for Portuguese", "Não há em todo o país nenhum projecto de acção para os próximos anos que o director tenha aprovado", "“⟦Não há em todo o país nenhum projeto de ação para os próximos anos que o diretor tenha aprovado⟧”, disse."),
    Case("another word with the letters of another spelling", "He filled more than forty of the tanks with the fuel that the army had left", "“⟦He filed more than forty of the tanks with the fuel that the army had left⟧.”", "altered", [("filled", "filed", None)]),
    Case("a typo right at the opening mark, and the word in the sentence before", LABOUR, f"Clouds gather in the north.\n\n“⟦{LABOUR.replace('The', 'Tbe')}⟧.”", "altered", [("The", "Tbe", None)]),
    Case("two words for those that are drawn together", "I don't think we can't win this, because they've never seen such crowds", "“⟦I do not think we cannot win this, because they have never seen such crowds⟧,” he said."),
    Case("words drawn together for two", "It is not a subject that was on the mind of anybody in this city", "“⟦It's not a subject that was on the mind of anybody in this city⟧,” he said."),
    Case("two words for one that is drawn together, at the beginning", "We’ve doubled our use of renewable energy in the four years that we had", "“⟦We have doubled our use of renewable energy in the four years that we had⟧,” he said."),
    Case("a genitive is not drawn together with a verb", "The minister's last speech on the harbour was the best that we have heard", "“⟦The minister is last speech on the harbour was the best that we have heard⟧.”", "altered", [("minister's", "minister is", None)]),
    Case("a negation is drawn together with another word", "I don't think that they have ever seen such crowds in this city", "“⟦I do think that they have ever seen such crowds in this city⟧.”", "altered", [("don't", "do", "negation")]),
    Case("a word of the quote stands after the quotation", LABOUR + " of the north", f"“⟦{LABOUR}⟧,” said the man from the north.", "fragment"),
]  # fmt: skip
WAGES = (
    "Nous augmenterons les salaires des infirmières. Les hôpitaux publics auront enfin les moyens de recruter"
)
SAID = [
    Case("a sentence begins after who said it, in French", WAGES, "« ⟦Nous augmenterons les salaires des infirmières⟧, s’est défendu le ministre. ⟦Les hôpitaux publics auront enfin les moyens de recruter⟧. »", "elided"),
    Case("what he said is no attribution", "We asked him about the new law. The old law was better for the farmers of the valley", "“⟦We asked him about the new law, he said no. The old law was better for the farmers of the valley⟧.”", "altered", [("", "he said no", "negation")]),
]  # fmt: skip
ASIDES = [
    Case("sic", LABOUR, f"“⟦{LABOUR.replace('defence', 'defence [sic]')}⟧.”"),
    Case("the audience", LABOUR + ". We will not change that", f"⟦{LABOUR}. (Laughter and applause.)\n\nWe will not change that⟧."),
    Case("the audience in Russian", "Мы построили три миллиона квартир. Мы построим ещё больше в следующем году", "⟦Мы построили три миллиона квартир. (Аплодисменты.) Мы построим ещё больше в следующем году⟧."),
    Case("words in brackets are words", LABOUR, f"“⟦{LABOUR.replace('neighbours', 'neighbours (and friends)')}⟧.”", "altered", [("", "and friends", None)]),
    Case("words beside the replaced one are the same", UNION, f"“⟦{UNION.replace('United Kingdom', 'UK')}⟧.”", "altered", [("United Kingdom", "UK", None)]),
]  # fmt: skip

WALL_SPOKEN = "We are going to build a great wall along the southern border. And Mexico will pay for the wall, one hundred percent, believe me"
FIRST, SECOND = WALL_SPOKEN.split(". ")
TRANSCRIBED = [
    Case("times in brackets", WALL_SPOKEN, f"[00:12:29] ⟦{FIRST}⟧. [00:12:31] ⟦{SECOND}⟧.", "elided"),
    Case("a time inside a sentence", WALL_SPOKEN, "⟦We are going to build a great wall⟧ (12:31) ⟦along the southern border. And Mexico will pay for the wall, one hundred percent, believe me⟧.", "elided"),
    Case("times at the beginnings of lines", WALL_SPOKEN, f"12:29 ⟦{FIRST}⟧.\n12:31 ⟦{SECOND}⟧.", "elided"),
    Case("subtitles", WALL_SPOKEN, f"1\n00:12:29,000 --> 00:12:31,000\n⟦{FIRST}⟧.\n\n2\n00:12:31,000 --> 00:12:34,500\n⟦{SECOND}⟧.", "elided"),
    Case("the speaker's name again", WALL_SPOKEN, f"TRUMP: ⟦{FIRST}⟧.\n\nTRUMP: ⟦{SECOND}⟧.", "elided"),
    Case("the speaker's name with a time", WALL_SPOKEN, f"Donald Trump (12:29):\n⟦{FIRST}⟧.\n\nDonald Trump (12:31):\n⟦{SECOND}⟧.", "elided"),
    Case("another speaker's line", WALL_SPOKEN, f"Mr. Trump: ⟦{FIRST}⟧.\nMs. Wallace: Who pays for it?\nMr. Trump: ⟦{SECOND}⟧.", "elided"),
    Case("another speaker's line in Russian", "Мы построим новую больницу в каждом районе столицы. И платить за неё будет федеральный бюджет", "СОБЯНИН: ⟦Мы построим новую больницу в каждом районе столицы⟧.\nВЕДУЩИЙ: А кто заплатит?\nСОБЯНИН: ⟦И платить за неё будет федеральный бюджет⟧.", "elided"),
    Case("another speaker's line behind words that the quote has not", WALL_SPOKEN, f"TRUMP: ⟦{FIRST}⟧. You know it.\nWALLACE: Who pays?\nTRUMP: ⟦{SECOND}⟧.", "fragment"),
    Case("a time of day", "The polls close at eight and at midnight we will know who is the next president of Turkey", "⟦The polls close at eight and at 00:30 midnight we will know who is the next president of Turkey⟧.", "altered", [("", "00:30", "number")]),
]  # fmt: skip

FOOLS = "In this situation our world is divided into wise people and fools. And fools are always the majority of us"
AFTER_THE_MARK = [
    Case("the page's own word, as the quote goes on with", FOOLS, "He wrote that “⟦In this situation our world is divided into wise people and fools⟧,” and left.", "fragment"),
    Case("more words than chance brings", FOOLS, "He wrote: “⟦In this situation our world is divided into wise people” and fools. And fools⟧ were meant.", "fragment"),
    Case("a mark that opened inside of the quote", FOOLS, "⟦In this situation our world is divided into “wise people” and⟧ others.", "fragment"),
]  # fmt: skip

MINDS = (
    "That one wasn't a subject that was on the mind of anybody in the city until I brought it up last summer"
)
PAID = "It is not true that he never paid the workers who built his hotels in Atlantic City"
NEGATIONS = [
    Case("two negations that cancel are lost", PAID, f"“⟦{PAID.replace('not ', '').replace('never ', '')}⟧.”", "altered", [("not", "", None), ("never", "", None)]),
    Case("two negations that cancel are brought in", PAID.replace("not ", "").replace("never ", ""), f"“⟦{PAID}⟧.”", "altered", [("", "not", None), ("", "never", None)]),
    Case("two negations that cancel in German", "Es ist nicht wahr, dass er die Arbeiter nie bezahlt hat, die seine Hotels gebaut haben", "„⟦Es ist wahr, dass er die Arbeiter bezahlt hat, die seine Hotels gebaut haben⟧“, sagte sie.", "altered", [("nicht", "", None), ("nie", "", None)]),
    Case("one of two negations that cancel", PAID, f"“⟦{PAID.replace('not ', '')}⟧.”", "altered", [("not", "", "negation")]),
    Case("negations of two things", "It is not right and he never paid the workers who built his hotels in Atlantic City", "“⟦It is right and he paid the workers who built his hotels in Atlantic City⟧.”", "altered", [("not", "", "negation"), ("never", "", "negation")]),
    Case("negations of two things after that", "It is not true that he paid and that he never lied to the workers who built his hotels", "“⟦It is true that he paid and that he lied to the workers who built his hotels⟧.”", "altered", [("not", "", "negation"), ("never", "", "negation")]),
    Case("a part that leaves its negation behind", MINDS, f"He spoke of ⟦{MINDS[16:]}⟧.", "fragment", [("one wasn't", "", "negation")]),
    Case("a part, and the negation in another form before it", MINDS, f"He said that all this was not ⟦{MINDS[16:]}⟧.", "fragment"),
    Case("a part, and a negation of the sentence before", MINDS, f"He said that it was not! ⟦{MINDS[16].upper()}{MINDS[17:]}⟧.", "fragment", [("one wasn't", "", "negation")]),
]  # fmt: skip

SICK = "Tennis star Serena Williams wrote that she is sick of black versus white and of Republicans versus Democrats"
NICKEL = "One out of four corporations doesn't pay a nickel in federal income taxes"
PARAGRAPHS = [
    Case("words of the headline before", SICK, "A post of Serena Williams\n\nThe message starts like this: ⟦she is sick of black versus white and of Republicans versus Democrats⟧.", "fragment"),
    Case("words of the paragraph after", NICKEL, "“⟦One out of four corporations doesn't pay a nickel in taxes⟧,” Sanders said.\nThe two senators were talking about federal income taxes.", "altered", [("federal income", "", None)]),
    Case("lines that are broken anywhere", NICKEL, "“⟦One out of four corporations here\ndoesn't pay a nickel in federal income taxes⟧.”", "altered", [("", "here", None)]),
    Case("much of the quote in each of two paragraphs", FOOLS, "“⟦In this situation our world is divided into wise people and fools.\nYes, and fools are always the majority of us⟧.”", "altered", [("", "Yes", None)]),
]  # fmt: skip

CROSSINGS = "Last month we saw a 64 percent reduction in illegal immigration on our southern border"
LOWEST = "The unemployment rate of women in Texas is now the lowest that it has been in 40 years, and the state led the nation in new jobs"
BESIDE = [
    Case("another number before a part", CROSSINGS, "He spoke of an unprecedented ⟦40-percent reduction in illegal immigration on our southern border⟧.", "altered", [("64", "40", "number")]),
    Case("another sum before a part", CROSSINGS.replace("64 percent", "$64 billion"), "We had some ⟦$40 billion reduction in illegal immigration on our southern border⟧.", "altered", [("$64", "$40", "number")]),
    Case("another number after a part", LOWEST, "⟦The unemployment rate of women in Texas is now the lowest that it has been in 74⟧ years.", "altered", [("40", "74", "number")]),
    Case("a number of something else", LOWEST, "⟦The unemployment rate of women in Texas is now the lowest that it has been in⟧ two decades.", "fragment"),
    Case("the end of a number that is the same", CROSSINGS.replace("a 64 percent", "2,500 towns with a"), "There were two and a half thousand ⟦towns with a reduction in illegal immigration on our southern border⟧.", "fragment"),
    Case("a number of the sentence before", CROSSINGS, "This happened in 2012. ⟦Percent reduction in illegal immigration on our southern border⟧ is what he calls it.", "fragment"),
]  # fmt: skip

SENATE = "The U.S. Senate has never passed a law on the F.B.I. that was any better than this one"
POINTS = [
    Case("no points in acronyms", SENATE, f"“⟦{SENATE.replace('U.S.', 'US').replace('F.B.I.', 'FBI')}⟧,” he said."),
    Case("points in acronyms", SENATE.replace("U.S.", "US"), f"“⟦{SENATE}⟧,” he said."),
    Case("no points at the end", "No law has ever been any better than this one in the U.S.", "“⟦No law has ever been any better than this one in the US⟧,” he said."),
    Case("a point in a number", "The rate has risen to 5.7 percent in all of the old mining towns", "“⟦The rate has risen to 57 percent in all of the old mining towns⟧.”", "altered", [("5.7", "57", "number")]),
]  # fmt: skip

ALL = [
    *EDGES_REPLACED,
    *SAME_QUANTITY,
    *OTHER_QUANTITY,
    *NUMERIC_DATES,
    *SPELT,
    *SAID,
    *ASIDES,
    *TRANSCRIBED,
    *AFTER_THE_MARK,
    *NEGATIONS,
    *PARAGRAPHS,
    *BESIDE,
    *POINTS,
]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_page_reproduces_a_quote(case: Case) -> None:
    page = case.plain
    matches = QuoteIndex.build([*case.entries, *OTHERS]).find(page)
    assert found(matches, page) == case.expected
    assert [match.kind for match in matches] == [case.kind] * len(matches)
    assert [tuple(change) for match in matches for change in match.changes] == [*case.changes]
