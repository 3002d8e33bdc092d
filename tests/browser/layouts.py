"""Layouts in which pages put their words: what a reader reads there, line by line, and a quote that runs over them."""

from __future__ import annotations

from typing import NamedTuple


class Layout(NamedTuple):
    html: str
    """The body. The word UNSEEN stands where a reader sees nothing, or nothing that is the page's to say."""
    lines: tuple[str, ...]
    quote: str = ""
    """Words that are to be painted, as they stand in the text; lines end as spaces."""


ONE = "The sea has not risen at all."

LAYOUTS: dict[str, Layout] = {
    "a quote over a link, emphasis and code": Layout(
        "<p>“The <a href='#x'>sea <b>has</b></a> not <em>ris</em>en <code>at</code> all.”</p>",
        (f"“{ONE}”",),
        ONE,
    ),
    "a quote over a line break": Layout(
        "<p>The sea<br>has not<br/> risen <br> at all.</p>",
        ("The sea", "has not", "risen", "at all."),
        "The sea has not risen at all.",
    ),
    "a quote over paragraphs": Layout(
        "<blockquote>\n<p>The sea has</p>\n\n<p>not risen at all.</p></blockquote>",
        ("The sea has", "not risen at all."),
        "sea has not risen",
    ),
    "soft hyphens and places to break": Layout(
        "<p>The se&shy;a has<wbr> not ris<wbr>en at&nbsp;all.</p>",
        ("The se\u00ada has not risen at\u00a0all.",),
        "se\u00ada has not risen at\u00a0all",
    ),
    "a drop cap that floats": Layout(
        "<p><span style='float:left;font-size:3em'>T</span>he sea has not risen at all.</p>",
        (ONE,),
        "The sea has",
    ),
    "a drop cap with its quotation mark": Layout(
        "<p><b style='float:left;font-size:3em'>“T</b>he sea has not risen at all.”</p>",
        (f"“{ONE}”",),
        "The sea has",
    ),
    "a drop cap for eyes only, and the word for ears": Layout(
        "<p><span aria-hidden=true style='float:left;font-size:3em'>T</span>"
        "<span style='position:absolute;clip:rect(0,0,0,0)'>UNSEEN</span>he sea has not risen at all.</p>",
        (ONE,),
        "The sea has",
    ),
    "a first letter by style": Layout(
        "<style>.f::first-letter{font-size:4em;float:left}</style><p class=f>The sea has not risen at all.</p>",
        (ONE,),
        "The sea has",
    ),
    "a picture that floats is no drop cap": Layout(
        "<p><span style='float:left'>Picture of the year</span>The sea has not risen at all.</p>",
        ("Picture of the year", ONE),
        "The sea has",
    ),
    "capitals by style": Layout(
        "<p style='text-transform:uppercase'>The <span style='font-variant:small-caps'>sea has</span> not risen.</p>",
        ("The sea has not risen.",),
        "sea has not",
    ),
    "columns": Layout(
        "<div style='columns:3;height:4em'><p>The sea has not</p><p>risen at all.</p></div>",
        ("The sea has not", "risen at all."),
        "has not risen",
    ),
    "right to left, with a name from left to right": Layout(
        "<p dir=rtl lang=ar>قال <bdi>Ada Marlowe</bdi> إن <b>البحر</b> لم يرتفع.</p>",
        ("قال Ada Marlowe إن البحر لم يرتفع.",),
        "إن البحر لم يرتفع",
    ),
    "vertical, with readings": Layout(
        "<p lang=ja style='writing-mode:vertical-rl'><ruby>海<rp>(</rp><rt>UNSEEN</rt><rp>)</rp>面<rt>UNSEEN</rt></ruby>は"
        "上昇していない。</p>",
        ("海面は上昇していない。",),
        "海面は上昇して",
    ),
    "characters beyond the first plane, marks that combine": Layout(
        "<p>𝔗𝔥𝔢 sea 🌊<b>👩‍👩‍👧</b> has not ri\u0301sen.</p>",
        ("𝔗𝔥𝔢 sea 🌊👩‍👩‍👧 has not ri\u0301sen.",),
        "sea 🌊👩‍👩‍👧 has",
    ),
    "flex and grid": Layout(
        "<div style='display:flex'><div>The sea</div><span>has not</span></div>"
        "<div style='display:grid'><span>risen</span><span>at all.</span></div>",
        ("The sea", "has not", "risen", "at all."),
        "sea has not risen at",
    ),
    "boxes in the line": Layout(
        "<p>The <span style='display:inline-block'>sea</span> has <span style='display:inline-flex'>not</span> risen.</p>",
        ("The sea has not risen.",),
        "sea has not risen",
    ),
    "boxes that are not there": Layout(
        "<div style='display:contents'>The <div style='display:contents'>sea</div> has not</div> risen.",
        ("The sea has not risen.",),
        "sea has not risen",
    ),
    "a table": Layout(
        "<table><caption>Tides</caption><tr><th>The sea</th><td>has not</td></tr><tr><td>risen</td></tr></table>",
        ("Tides", "The sea", "has not", "risen"),
        "sea has not risen",
    ),
    "text that keeps its lines": Layout(
        "<pre>The sea\n   has not\trisen</pre><p style='white-space:pre-line'>at\nall</p>",
        ("The sea", "has not\trisen", "at", "all"),
        "has not risen at all",
    ),
    "white space of all kinds": Layout(
        "<p>  The\n\n\t sea <b> has</b> \n <i> not </i>\trisen </p>",
        ("The    sea has   not risen",),
        "The sea has not risen",
    ),
    "quotation marks by style": Layout(
        "<p>He said: <q>the sea <q>has</q> not</q> risen.</p>",
        ("He said: “the sea “has” not” risen.",),
        "sea “has” not",
    ),
    "an advertisement in the middle of a quote": Layout(
        "<p>The sea has</p><aside aria-hidden=true>UNSEEN</aside><iframe srcdoc='UNSEEN' title=ad></iframe><p>not risen.</p>",
        ("The sea has", "not risen."),
        "sea has not risen",
    ),
    "footnotes in the middle of a quote": Layout(
        "<p>The sea<sup><a href='#1'>[1]</a></sup> has not<sup id=b><a href='#2'> 2 </a></sup> risen 10<sup>2</sup> times.</p>",
        ("The sea has not risen 102 times.",),
        "sea has not risen 102",
    ),
    "a shadow root with named slots in another order": Layout(
        "<x-card><template shadowrootmode=open><p><slot name=a></slot>, <slot name=b>not</slot></p><slot></slot></template>"
        "<span slot=b>has not</span><p>risen at all.</p><b slot=a>The sea</b><i slot=none>UNSEEN</i></x-card>",
        ("The sea, has not", "risen at all."),
        "sea, has not risen",
    ),
    "a slot with nothing in it, and a slot in a slot": Layout(
        "<x-out><template shadowrootmode=open>The <x-in><template shadowrootmode=open><b><slot></slot></b></template>"
        "<slot></slot></x-in><slot name=x> has not</slot></template>sea</x-out>",
        ("The sea has not",),
        "The sea has not",
    ),
    "what is not displayed": Layout(
        "<style>.no{display:none}</style><p class=no>UNSEEN</p><p hidden>UNSEEN</p><p hidden=until-found>UNSEEN</p>"
        f"<dialog>UNSEEN</dialog><div popover>UNSEEN</div><p>{ONE}</p>",
        (ONE,),
        ONE,
    ),
    "what is not visible": Layout(
        "<div style='visibility:hidden'>UNSEEN <b style='visibility:visible'>The sea has</b> UNSEEN</div>"
        "<p style='visibility:collapse'>UNSEEN</p><p style='opacity:0'>UNSEEN <b style='opacity:1'>UNSEEN</b></p>"
        "<div style='font-size:0'>UNSEEN <span style='font-size:16px'>not risen.</span></div>"
        "<h1 style='text-indent:-9999px'>UNSEEN</h1>",
        ("The sea has", "not risen."),
        "sea has not risen",
    ),
    "what is out of sight": Layout(
        "<p>The sea<span style='position:absolute;left:-9999px'>UNSEEN</span> has"
        "<span style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>UNSEEN</span> not"
        "<span style='position:absolute;width:1px;height:1px;overflow:hidden'>UNSEEN</span> risen"
        "<span style='position:absolute;clip-path:inset(50%)'>UNSEEN</span>.</p>",
        ("The sea has not risen.",),
        "sea has not risen",
    ),
    "what is folded up": Layout(
        "<details><summary>The sea</summary>UNSEEN<summary>UNSEEN</summary></details>"
        "<div style='max-height:0;overflow:hidden'><p>UNSEEN</p></div><div style='height:0;overflow:clip'>UNSEEN</div>"
        "<details open><summary>has</summary>not</details><div style='content-visibility:hidden'>UNSEEN</div>"
        "<div style='overflow:hidden;height:0;padding-bottom:3em'>risen</div>",
        ("The sea", "has", "not", "risen"),
        "sea has not risen",
    ),
    "what the browser has not laid out yet": Layout(
        "<div style='height:9000px'></div><section style='content-visibility:auto;contain-intrinsic-size:9px 900px'>"
        f"<p>{ONE}</p></section>",
        (ONE,),
        ONE,
    ),
    "what is inert or not for ears": Layout(
        "<div inert>UNSEEN</div><p>The <i aria-hidden=true>UNSEEN</i><i aria-hidden=false>sea</i> has</p>",
        ("The sea has",),
        "sea has",
    ),
    "fields and editors": Layout(
        "<textarea>UNSEEN</textarea><input value=UNSEEN><select><option>UNSEEN</select><button>UNSEEN</button>"
        "<label>UNSEEN</label><div contenteditable>UNSEEN<p>UNSEEN</p></div><div contenteditable=plaintext-only>UNSEEN</div>"
        "<div role=textbox>UNSEEN</div><div class='x CodeMirror cm-s'>UNSEEN</div><div class=monaco-editor>UNSEEN</div>"
        "<pre class='ace_editor'>UNSEEN</pre><form><p>UNSEEN</p></form><div contenteditable=false>The sea</div>",
        ("The sea",),
        "The sea",
    ),
    "a form around the whole page, with fields named like its own properties": Layout(
        "<form><p>The sea has not "
        + "risen and risen and " * 120
        + "risen.</p>"
        + "".join(
            f"<input name={name} value=UNSEEN>"
            for name in "childNodes firstChild nextSibling parentNode localName shadowRoot getAttribute textContent "
            "children isConnected assignedSlot ownerDocument getRootNode nodeType style".split()
        )
        + "<p>At all.</p></form>",
        ("The sea has not " + "risen and risen and " * 120 + "risen.", "At all."),
        "risen. At all.",
    ),
    "pictures and forms named like the document's own properties": Layout(
        "".join(f"<img name={name} alt=UNSEEN>" for name in "body documentElement hidden designMode".split())
        + "<form name=createRange></form><form name=createTreeWalker></form><form name=adoptedStyleSheets></form>"
        "<form name=querySelectorAll></form><form name=addEventListener></form><p>The sea <b>has</b> not</p>",
        ("The sea has not",),
        "sea has not",
    ),
    "other languages of markup": Layout(
        "<svg><text>UNSEEN</text><foreignObject><p>UNSEEN</p></foreignObject></svg><math><mi>UNSEEN</mi></math>"
        f"<object>UNSEEN</object><video>UNSEEN</video><noscript>UNSEEN</noscript><template>UNSEEN</template><p>{ONE}</p>",
        (ONE,),
        ONE,
    ),
    "words in many nodes": Layout(
        "<p>" + "".join(f"<i>{letter}</i>" for letter in ONE) + "</p>", (ONE,), "sea has not risen"
    ),
    "a page in a page's depths": Layout(
        "<div>" * 400 + "<p>The sea <b>has</b> not</p>" + "</div>" * 400, ("The sea has not",), "sea has not"
    ),
    "comments between words": Layout(
        "<p>The se<!-- UNSEEN -->a<!-- --> has <!--x-->not</p>", ("The sea has not",), "sea has not"
    ),
    "nothing but space": Layout("<p> </p>\n<div>\n<span> \t</span></div><p>&nbsp;</p>", ()),
}


class Change(NamedTuple):
    html: str
    before: tuple[str, ...]
    script: str
    after: tuple[str, ...]


DETAILS = "<p>The sea</p><details id=x><summary>has</summary><p>not risen</p></details>"

CHANGES: dict[str, Change] = {
    "details open": Change(DETAILS, ("The sea", "has"), "x.open = true", ("The sea", "has", "not risen")),
    "details close": Change(
        DETAILS.replace("id=x", "id=x open"),
        ("The sea", "has", "not risen"),
        "x.open = false",
        ("The sea", "has"),
    ),
    "a class opens": Change(
        "<style>.no{display:none}</style><p>The sea</p><div id=x class=no><p>has not</p></div>",
        ("The sea",),
        "x.classList.remove('no')",
        ("The sea", "has not"),
    ),
    "a class on the body opens": Change(
        "<style>.no{display:none} .all .no{display:block}</style><p>The sea</p><div class=no><p>has not</p></div>",
        ("The sea",),
        "document.body.className = 'all'",
        ("The sea", "has not"),
    ),
    "a style closes": Change(
        "<p>The sea</p><p id=x>has not</p>", ("The sea", "has not"), "x.style.display = 'none'", ("The sea",)
    ),
    "a tick opens, without a change of the tree": Change(
        "<style>div{display:none} input:checked ~ div{display:block}</style><input type=checkbox id=x><div>The sea</div>",
        (),
        "x.click()",
        ("The sea",),
    ),
    "faded in": Change(
        "<p id=x style='opacity:0'>The sea</p><p>has not</p>",
        ("has not",),
        "x.style.opacity = 1",
        ("The sea", "has not"),
    ),
    "unfolded": Change(
        "<div id=x style='max-height:0;overflow:hidden'><p>The sea</p></div>",
        (),
        "x.style.maxHeight = 'none'",
        ("The sea",),
    ),
    "what is visible only within what was not": Change(
        "<div id=x style='visibility:hidden'>The sea <b style='visibility:visible'>has</b> not</div>",
        ("has",),
        "x.style.visibility = ''",
        ("The sea has not",),
    ),
    "not inert any more": Change("<div id=x inert><p>The sea</p></div>", (), "x.inert = false", ("The sea",)),
    "made an editor": Change(
        "<p id=x>The sea</p><p>has</p>", ("The sea", "has"), "x.contentEditable = 'true'", ("has",)
    ),
    "letters change": Change(
        "<p id=x>The sea</p>", ("The sea",), "x.firstChild.data = 'The sky'", ("The sky",)
    ),
    "letters change deep in a line": Change(
        "<div>The <b><i id=x>sea</i></b> has</div>",
        ("The sea has",),
        "x.firstChild.data = 'sky'",
        ("The sky has",),
    ),
    "a block comes, one goes, one moves": Change(
        "<ul id=x><li>one<li>two<li>three</ul>",
        ("one", "two", "three"),
        "x.prepend(x.lastChild); x.lastChild.remove(); x.append(Object.assign(document.createElement('li'), {textContent: 'four'}))",
        ("three", "one", "four"),
    ),
    "a block that changed while it was away": Change(
        "<div id=x><p id=y><b id=z>The sea</b></p><p>has</p></div>",
        ("The sea", "has"),
        "const [b, p] = [z, y]; p.remove(); setTimeout(() => { b.textContent = 'The sky'; x.append(p); })",
        ("has", "The sky"),
    ),
    "blocks that move into what hides": Change(
        "<div id=x style='visibility:hidden'></div><div id=y><p>The sea</p></div><p>has</p>",
        ("The sea", "has"),
        "x.append(y)",
        ("has",),
    ),
    "text in an open shadow root": Change(
        "<x-card id=x><template shadowrootmode=open><div><p>The sea</p></div></template></x-card>",
        ("The sea",),
        "x.shadowRoot.querySelector('p').textContent = 'The sky'",
        ("The sky",),
    ),
    "slotted words": Change(
        "<x-card id=x><template shadowrootmode=open><div><p><slot></slot></p></div></template><b id=y>The sea</b></x-card>",
        ("The sea",),
        "y.firstChild.data = 'The sky'; x.append(' is blue')",
        ("The sky is blue",),
    ),
    "another slot": Change(
        "<x-card><template shadowrootmode=open><div><p><slot name=a></slot></p><p><slot name=b></slot></p></div></template>"
        "<b slot=a>The sea</b><b slot=b id=x>has</b></x-card>",
        ("The sea", "has"),
        "x.slot = 'a'",
        ("The seahas",),
    ),
    "a new body": Change(
        "<p>The sea</p>",
        ("The sea",),
        "const b = document.createElement('body'); b.append('The sky'); document.body.replaceWith(b)",
        ("The sky",),
    ),
}
