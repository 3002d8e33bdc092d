/** The one place that knows what differs between browsers: Firefox names its API `browser`. */
export const browser: typeof chrome = (globalThis as { browser?: typeof chrome }).browser ?? chrome;

/** An element's shadow root, closed ones included, which extensions alone may see. */
export function anyShadowRootOf(element: HTMLElement): ShadowRoot | null {
  const { openOrClosedShadowRoot: firefoxRoot } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
  if (firefoxRoot !== undefined) return firefoxRoot;
  const { dom } = browser; // Chrome alone has it
  return dom.openOrClosedShadowRoot(element);
}
