"""What the pages call things: one word per idea, the same on every page."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "status": {
        "draft": "Draft",
        "in_review": "In review",
        "published": "Published",
        "retired": "Retired",
    },
    "move": {
        "draft": "Back to draft",
        "in_review": "Send to review",
        "published": "Publish",
        "retired": "Retire",
    },
    "rating": {
        "true": "True",
        "mostly_true": "Mostly true",
        "mixed": "Mixed",
        "mostly_false": "Mostly false",
        "false": "False",
        "unsubstantiated": "Unsubstantiated",
        "misleading": "Misleading",
        "misattributed": "Misattributed",
        "altered": "Altered",
        "satire": "Satire",
        "outdated": "Outdated",
        "unrated": "Unrated",
    },
    "action": {
        "created": "Created",
        "updated": "Edited",
        "moved": "Moved",
        "deleted": "Deleted",
        "restored": "Restored",
        "merged": "Merged",
        "blocked": "Blocked a passage, or let one in,",
    },
    "kind": {
        "exact": "word for word",
        "altered": "with words changed",
        "fragment": "a part of it",
        "elided": "in pieces",
    },
    "wording": {"original": "Original language", "translation": "Translation", "variant": "Variant"},
    "form": {"quote": "The speaker’s own", "paraphrase": "A paraphrase by the checker"},
    "guard": {"negation": "negation", "number": "number", "name": "name", "date": "date"},
    "role": {
        "viewer": "Viewer: reads everything",
        "editor": "Editor: imports, edits and reviews what is not published",
        "publisher": "Publisher: publishes, corrects and retires",
        "admin": "Admin: looks after users, tokens and the audit log, too",
    },
    "done": {
        "saved": "Saved.",
        "unchanged": "Nothing was different, so nothing was saved.",
        "created": "The draft is saved.",
        "moved": "The status is changed.",
        "saved-moved": "Saved, and the status is changed.",
        "restored": "Restored.",
        "deleted": "Deleted. Its history stays, and can bring it back.",
        "signed-out": "You are signed out.",
        "user-added": "The user is added.",
        "user-changed": "The user is changed, and signed out everywhere.",
        "password-set": "The password is set. Sign in with it.",
        "token-revoked": "The token counts for nothing from now on.",
        "decided": "Decided.",
        "undone": "Undone.",
        "page-added": "The page is stored.",
        "page-removed": "The page is removed.",
        "label-set": "The label map is changed. Quotes that are imported from now on follow it.",
        "merged": "Merged.",
        "let-in": "The passage is a match again.",
    },
}
