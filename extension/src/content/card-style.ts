import { LINE_STYLES, LOOKS } from "../shared/ratings.js";

/** The style sheet of the tooltip and of the summary; it lives in a shadow root, out of reach of the page's own style. */
export const CARD_STYLE = `
/* What a shadow root says with weight of its host wins over all that the page says with weight. */
:host {
  all: initial !important; direction: ltr !important; unicode-bidi: isolate !important; position: fixed !important; top: 0 !important; left: 0 !important;
  width: 0 !important; height: 0 !important;
}
/* Text is measured by \`medium\`, which is the initial size: the one that the reader has set in the browser. */
/* The card's languages run from left to right on any page; what others wrote runs as its own letters do. */
.card :is(p, li, blockquote) { unicode-bidi: plaintext; }
.announcement {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.card {
  --ground: #ffffff; --ink: #1a2130; --soft: #525c6e; --hairline: #d8dde6; --well: #f4f6f9;
  --link: #1d4fc4; --warning-ground: #fff4d6; --warning-ink: #5c3d00; --warning-line: #d99a00;
  --added: #ffe7a8; --dropped: #8a2020; --focus: #1d4fc4; --more: #0f172a3d; --shadow: 0 10px 32px #0f172a33, 0 2px 6px #0f172a1f;
  position: fixed; inset: auto; margin: 0; padding: 0; border: 1px solid var(--hairline);
  border-radius: 12px; box-sizing: border-box; width: max-content; max-width: min(29.15em, calc(100vw - 16px));
  flex-direction: column; overflow: auto; background-color: var(--ground); color: var(--ink);
  box-shadow: var(--shadow); font: 400 0.875em/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  text-align: start; letter-spacing: normal; word-spacing: normal; white-space: normal; overflow-wrap: anywhere;
  color-scheme: light; cursor: auto; user-select: text;
}
/* Scrollbars are not seen on all systems: a shadow at the end tells that there is more, which scrolls under its cover. */
.card, .body, .listed {
  background-image: linear-gradient(#0000, var(--ground) 60%), linear-gradient(#0000, var(--more));
  background-position: bottom; background-repeat: no-repeat; background-size: 100% 36px, 100% 12px;
  background-attachment: local, scroll;
}
.card.dark {
  --ground: #1c222d; --ink: #eef1f6; --soft: #adb6c6; --hairline: #3b4453; --well: #262d3a;
  --link: #9dbdff; --warning-ground: #3a2f12; --warning-ink: #ffe1a0; --warning-line: #f0b849;
  --added: #5a4514; --dropped: #ff9f98; --focus: #9dbdff; --more: #000000b3; --shadow: 0 10px 32px #000000a6, 0 2px 6px #00000080;
  color-scheme: dark;
}
.card:popover-open { display: flex; }
/* Not by visibility or display, which would take the focus away. */
.card.away { opacity: 0; pointer-events: none; }
.card:focus { outline: none; }
.card:focus-visible, .card :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.card:focus-visible { outline-offset: -2px; }
@media (prefers-reduced-motion: no-preference) {
  .card { animation: appear 120ms ease-out; }
  @keyframes appear { from { opacity: 0; transform: translateY(3px); } }
}
header { flex: none; position: relative; padding: 14px 3.15em 10px 18px; }
header::before {
  content: ""; position: absolute; inset: 16px auto 10px 0; width: 4px; border-radius: 0 3px 3px 0; background: var(--verdict);
}
.verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: 3px 8px; }
.label { margin: 0; font-size: 1.286em; font-weight: 700; line-height: 1.3; color: var(--verdict); text-underline-offset: 0.2em; text-decoration-skip-ink: none; }
.label-note { font-size: 0.929em; font-weight: 400; color: var(--soft); }
.rated-by { margin: 5px 0 0; font-size: 0.929em; color: var(--soft); }
.close {
  position: absolute; inset: 10px 10px auto auto; width: 1.4em; height: 1.4em; padding: 0; border: 0; border-radius: 8px;
  background: none; color: var(--soft); font: 400 1.429em/1.4 system-ui, sans-serif; cursor: pointer;
}
.close:hover { background: var(--well); color: var(--ink); }
/* Where a label leaves less than this, the whole card is scrolled. */
.body { min-height: 80px; box-sizing: border-box; padding: 2px 18px 14px; overflow: auto; }
p { margin: 0; }
.warning {
  margin: 0 0 10px; padding: 8px 10px; border-inline-start: 3px solid var(--warning-line); border-radius: 4px;
  background: var(--warning-ground); color: var(--warning-ink); font-weight: 600;
}
.summary { font-size: 1.071em; }
.quote { margin: 12px 0 0; padding: 10px 12px; border-radius: 8px; background: var(--well); }
.kind { font-size: 0.893em; color: var(--soft); }
.words { margin: 5px 0 0; font-family: Georgia, "Liberation Serif", serif; font-size: 1.071em; line-height: 1.5; }
.words.rest { color: var(--soft); }
.words b { font-weight: 400; color: var(--ink); }
.words ins { text-decoration: none; background: var(--added); border-radius: 3px; padding: 0 2px; }
.words del { text-decoration: line-through 1.5px; color: var(--dropped); }
.attribution { margin: 10px 0 0; font-size: 0.929em; }
.quote .attribution { margin: 7px 0 0; }
.doubt { margin: 8px 0 0; font-size: 0.929em; color: var(--soft); font-style: italic; }
.others { margin: 12px 0 0; padding: 0; list-style: none; font-size: 0.929em; }
.others-title { margin: 12px 0 0; font-size: 0.893em; color: var(--soft); }
.body .listed { margin: 2px -8px 0; }
.others-title + .others { margin-top: 2px; }
.others li { margin: 3px 0 0; }
.others b { font-weight: 600; color: var(--verdict); }
a { color: var(--link); text-underline-offset: 0.15em; }
.actions { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 16px; margin: 0 0 5px; font-size: 1.12em; }
.full { font-weight: 600; }
.wrong { padding: 2px 0; border: 0; background: none; color: var(--soft); font: inherit; font-size: 0.929em; text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer; }
.wrong[aria-disabled="true"] { text-decoration: none; cursor: default; }
footer { flex: none; padding: 9px 18px 11px; border-top: 1px solid var(--hairline); font-size: 0.893em; color: var(--soft); }
${LOOKS.map((look) => {
  const { line, thickness, onLight, onDark } = LINE_STYLES[look];
  return `
.${look} { --verdict: ${onLight}; } .dark.${look}, .dark .${look} { --verdict: ${onDark}; }
.${look} .label { text-decoration: underline ${line} ${thickness} var(--verdict); }`;
}).join("")}
.sum { inset: auto 16px 16px auto; width: min(24.3em, calc(100vw - 16px)); max-height: min(24.3em, 45vh); }
.sum header { padding: 12px 3.15em 8px 16px; font-weight: 600; }
.sum header::before { content: none; }
.sum ol { padding: 0 8px 8px; overflow: auto; }
.listed { margin: 0; padding: 0; list-style: none; }
.listed button {
  display: block; width: 100%; padding: 6px 8px; border: 0; border-radius: 8px; background: none; color: inherit;
  font: inherit; text-align: start; cursor: pointer;
}
.listed button:hover { background: var(--well); }
.listed .label { font-size: 1em; }
.listed .label-note { margin-inline-start: 4px; }
.listed .words {
  display: -webkit-box; margin: 2px 0 0; overflow: hidden; font-size: 0.929em; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
}
.listed .warning { display: block; margin: 4px 0 2px; padding: 4px 8px; font-size: 0.929em; }
@media (max-width: 480px) {
  .sum { inset: auto 8px 8px auto; max-height: min(168px, 28vh); }
  .sum header { padding: 8px 3.4em 4px 12px; font-size: 0.929em; }
  .sum .close { inset: 4px 8px auto auto; }
  .sum ol { padding: 0 4px 4px; }
  .sum li button { padding: 3px 8px; }
  .sum .words { -webkit-line-clamp: 1; }
}
@media print { .card { display: none !important; } }
@media (max-height: 400px), (max-width: 240px) {
  .card:popover-open { display: block; overflow: auto; }
  .body { overflow: visible; }
  .card header { padding: 8px 2.86em 6px 14px; }
  .card header::before { inset-block: 10px 6px; }
  .card .body { padding-inline: 14px; }
  .card .label { font-size: 1.143em; }
  .card .close { inset: 4px 4px auto auto; }
}
@media (forced-colors: active) {
  .card { border-color: CanvasText; }
  .card, .body, .listed { background-image: none; }
  header::before { background: CanvasText; }
  .words ins { outline: 1px solid CanvasText; }
}
`;
