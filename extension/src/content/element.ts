/** Texts of checkers and speakers, which may run in the other direction than ours. */
const WRITTEN_BY_OTHERS = /^(label|summary|attribution|words)/;

/** An element of a card. The text goes in as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  // Else the page would have another banner while a card is open.
  if (name === "header" || name === "footer") made.role = "none";
  if (WRITTEN_BY_OTHERS.test(className)) made.dir = "auto";
  return made;
}
