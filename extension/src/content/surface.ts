import { seenParentOf } from "./page-dom.js";

/** Whether a text stands on light or on dark ground. */

export type Surface = "light" | "dark";

/** Ground on which black and white text are read equally well, by the formula of WCAG. */
const MIDDLE_GROUND = 0.179;
/** Text that can hardly be told from a ground stands on something else: a picture, most likely. */
const LEAST_CONTRAST = 1.5;

export function surfaceOf(text: Text): Surface {
  const element = seenParentOf(text);
  const ink = element ? luminanceOf(channelsOf(getComputedStyle(element).color)) : 0;
  const ground = groundUnder(element);
  if (ground !== null && contrastOf(ground, ink) >= LEAST_CONTRAST)
    return ground < MIDDLE_GROUND ? "dark" : "light";
  return ink > 0.5 ? "dark" : "light";
}

/** The luminance of the first ground that covers what is behind it; null where none does, or it is a picture. */
function groundUnder(element: Element | null): number | null {
  for (let under = element; under; under = seenParentOf(under)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(under);
    if (backgroundImage !== "none") return null;
    if (backgroundColor === CLEAR) continue;
    const channels = channelsOf(backgroundColor);
    if (channels[3] > 127) return luminanceOf(channels);
  }
  return null;
}

const CLEAR = "rgba(0, 0, 0, 0)";

/** Red, green, blue and opacity from 0 to 255. */
type Channels = readonly [r: number, g: number, b: number, opacity: number];

function channelsOf(colour: string): Channels {
  const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
  if (!found) return channelsByPainting(colour);
  const [, r, g, b, opacity = "1"] = found;
  return [Number(r), Number(g), Number(b), Number(opacity) * 255];
}

/** Of the many ways to write a colour, browsers understand all. */
function channelsByPainting(colour: string): Channels {
  const canvas = (pixel ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
  if (!canvas) return [0, 0, 0, 0];
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, opacity = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, opacity];
}

let pixel: OffscreenCanvasRenderingContext2D | null = null;

/** From 0, black, to 1, white (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminanceOf([r, g, b]: Channels): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrastOf(some: number, other: number): number {
  return (Math.max(some, other) + 0.05) / (Math.min(some, other) + 0.05);
}
