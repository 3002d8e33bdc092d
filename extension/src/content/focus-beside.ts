const FOCUSABLE =
  "a[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]";

/** What the Tab key reaches from words of the page: the next control after them, or the one before; null for none. */
export function focusableBeside(words: Range, isBefore: boolean): HTMLElement | null {
  const controls = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(canHaveFocus);
  const node = isBefore ? words.startContainer : words.endContainer;
  const wanted = isBefore ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const beside = controls.filter((control) => {
    const position = node.compareDocumentPosition(control);
    return (position & wanted) !== 0 && (position & Node.DOCUMENT_POSITION_DISCONNECTED) === 0;
  });
  return beside.at(isBefore ? -1 : 0) ?? null;
}

function canHaveFocus(control: HTMLElement): boolean {
  return (
    control.tabIndex >= 0 &&
    !control.matches(":disabled") &&
    control.closest("[inert]") === null &&
    control.checkVisibility({ visibilityProperty: true })
  );
}
