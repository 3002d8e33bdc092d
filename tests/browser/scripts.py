"""What the tests run in a page, the same in both browsers: each a JavaScript function."""

# A match's own line lies at the bottom: other layers are left aside. A range lies in one text node: those
# between which no words stand make up one span.
READ_PAINTED = """() => {
    const ranges = [...CSS.highlights.values()].filter(h => h.priority === 0).flatMap(h => [...h])
        .filter(range => !range.collapsed);
    ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
    const texts = [];
    let last = null;
    for (const range of ranges) {
        const between = new Range();
        if (last) between.setStart(last.endContainer, last.endOffset);
        if (last) between.setEnd(range.startContainer, range.startOffset);
        if (last && between.toString().trim() === '') texts[texts.length - 1] += between + String(range);
        else texts.push(String(range));
        last = range;
    }
    return texts;
}"""

# On light ground lines are dark, and the other way round.
PAINTED_FOR = """surface => {
    const rules = document.adoptedStyleSheets.flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText).join();
    const [, ...channels] = /underline[^;]*rgb\\((\\d+), (\\d+), (\\d+)/.exec(rules) ?? [];
    return channels.length && (channels.map(Number).reduce((a, b) => a + b) < 400) === (surface === 'light');
}"""

PLACE_OF_PAINTED = """text => {
    const ranges = [...CSS.highlights.values()].flatMap(highlight => [...highlight]);
    const range = ranges.find(range => range.toString().startsWith(text));
    range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = [...range.getClientRects()].find(box => box.width > 0);
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""

# `until` gives the first value of `get` that is one, and gives up after a time that nothing takes.
UNTIL = """const until = async (get, tell = () => 'nothing is known') => {
    for (const end = performance.now() + 30_000; performance.now() < end;) {
        const value = await get();
        if (value) return value;
        await new Promise(done => setTimeout(done, 20));
    }
    throw new Error('what was waited for did not come: ' + tell());
};"""

AWAIT_PAINTED = f"""async count => {{
    {UNTIL}
    await until(() => ({READ_PAINTED})().length === count);
}}"""

AWAIT_REPORT = f"""async state => {{
    {UNTIL}
    await until(() => quotemark.report.state === state);
}}"""

AWAIT_BADGE = f"""async text => {{
    {UNTIL}
    const [tab] = await chrome.tabs.query({{active: true, lastFocusedWindow: true}});
    await until(async () => await chrome.action.getBadgeText({{tabId: tab.id}}) === text);
}}"""

# What the extension shows on a page, `root`, is in an element at the end of the page, or of what is open over it.
OWN_ROOT = """const openedRoot = host =>
    globalThis.chrome?.dom ? chrome.dom.openOrClosedShadowRoot(host) : host.openOrClosedShadowRoot;
const ownRoot = () =>
    [...document.querySelectorAll(':is(dialog[open], :popover-open, :fullscreen) > :last-child'), document.documentElement.lastElementChild]
        .map(openedRoot).find(root => root);"""

# Run in the extension's own world in Chromium, with the browser's rights in Firefox: a page can't do this.
AWAIT_TOOLTIP = (
    """async (wanted, name = '') => {
    """
    + UNTIL
    + OWN_ROOT
    + """
    const open = () => ownRoot()?.querySelector('[role=dialog]:popover-open') ?? null;
    if (!wanted) {
        const stands = () => [open().outerHTML, document.visibilityState, document.hasFocus(), document.activeElement?.outerHTML];
        await until(() => open() === null, stands);
        return null;
    }
    const card = await until(() => {
        const card = open();
        return card?.style.left && card.getAttribute('aria-label').includes(name) && card;
    });
    const part = name => card.querySelector(name)?.innerText ?? null;
    const parts = name => [...card.querySelectorAll(name)].map(element => element.innerText);
    const box = card.getBoundingClientRect();
    return {
        name: card.getAttribute('aria-label'), text: card.innerText, classes: card.className,
        label: part('.label'), ratedBy: part('.rated-by'), summary: part('.summary'), kind: part('.kind'),
        attribution: part('.attribution'), doubt: part('.doubt'), caution: part('.caution'),
        warnings: parts('.warning'), added: parts('ins'), dropped: parts('del'), others: parts('.others li'),
        link: card.querySelector('.full')?.href ?? null, reports: card.querySelector('.wrong') !== null,
        hasFocus: card.matches(':focus-within'), box: [box.left, box.top, box.right, box.bottom],
        html: card.outerHTML,
    };
}"""
)
