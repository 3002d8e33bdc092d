import { LINE_STYLES, LOOKS } from "./ratings.js";

/** Give an extension page the looks of verdicts, as they are painted on pages: `.look-fails .label` and so on. */
export function dressLooks(page: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    LOOKS.map((look) => {
      const { line, thickness, onLight, onDark } = LINE_STYLES[look];
      return `
        .look-${look} { --verdict: ${onLight}; }
        @media (prefers-color-scheme: dark) { .look-${look} { --verdict: ${onDark}; } }
        .look-${look} .label, .look-${look}.label {
          color: var(--verdict); text-decoration: underline ${line} ${thickness} var(--verdict);
          text-underline-offset: 0.2em; text-decoration-skip-ink: none;
        }`;
    }).join("\n"),
  );
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
