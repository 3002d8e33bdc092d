"""The quotes that the browser tests' server has published: one real, the others made up for what they test."""

from __future__ import annotations

from typing import Any

XI: dict[str, Any] = {
    "text": (
        "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
        "external forces to provoke unrest and instigate ’color revolutions‘ in Kazakhstan…"
    ),
    "language": "en",
    "said_on": "2022-01-07",
    "speaker": {"name": "Xi Jinping", "role": "President of the People's Republic of China"},
    "checks": [
        {
            "verdict": {"label": "Unsubstantiated", "rating": "unsubstantiated"},
            "publisher": "Polygraph.info",
            "title": "With No Basis, Xi Blames 'External Forces' for Kazakhstan Unrest",
            "summary": "Claims of foreign involvement in the Kazakh protests are unsubstantiated.",
            "url": "https://www.polygraph.info/a/fact-check-xi-kazakhstan/31644294.html",
            "published_on": "2022-01-08",
        }
    ],
}

HARBOUR: dict[str, Any] = {
    "text": "The sea at our harbours has not risen by a single millimetre in two hundred years of careful measurement.",
    "language": "en",
    "said_on": "2024-05-17",
    "speaker": {"name": "Ada Marlowe", "role": "Minister of Harbours"},
    "checks": [
        {
            "verdict": {"label": "Pants on Fire", "rating": "false"},
            "publisher": "Tide Check",
            "title": "The sea has risen",
            "summary": "The ministry's own gauges show a rise of 31 centimetres since 1824.",
            "url": "https://tidecheck.example/sea",
            "published_on": "2024-05-19",
        },
        {
            "verdict": {"label": "Mostly False", "rating": "mostly_false"},
            "publisher": "Coast Facts",
            "summary": "One of eleven gauges shows no rise.",
            "url": "https://coastfacts.example/gauges",
        },
        {"verdict": {"label": "Misleading", "rating": "misleading"}, "publisher": "Harbour Watch"},
    ],
}

JOBS: dict[str, Any] = {
    "text": "We have brought 370,000 new jobs to the valleys of this country since the election of last January.",
    "language": "en",
    "speaker": {"name": "Ada Marlowe", "role": "Minister of Harbours"},
    "checks": [
        {
            "verdict": {"label": "Correct", "rating": "true"},
            "publisher": "Tide Check",
            "summary": "The statistics office counts 370,400.",
            "url": "https://tidecheck.example/jobs",
        }
    ],
}

MARKUP = "<img src=x onerror=document.body.dataset.broken=1><script>document.body.dataset.broken=1</script>"

HOSTILE: dict[str, Any] = {
    "text": "Whoever reads these very words aloud three times shall be granted a wish by the librarian of the north.",
    "speaker": {"name": f"Eve {MARKUP}", "role": MARKUP},
    "checks": [
        {
            "verdict": {"label": f"False {MARKUP}", "rating": "false"},
            "publisher": f"Checker {MARKUP}",
            "title": MARKUP,
            "summary": MARKUP,
            "url": "https://checker.example/%22%3E%3Cscript%3E",
        }
    ],
}

QUOTES = [XI, HARBOUR, JOBS, HOSTILE]
