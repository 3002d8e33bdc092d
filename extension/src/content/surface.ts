/** Whether a text stands on light or on dark ground: by its own colour, which its ground was chosen for. */

export type Surface = "light" | "dark";

export function surfaceOf(text: Text): Surface {
  const element = text.parentElement;
  const [r, g, b] =
    (element ? /^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(element).color) : null)
      ?.slice(1)
      .map(Number) ?? [];
  if (r === undefined || g === undefined || b === undefined) {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 127 ? "dark" : "light";
}
