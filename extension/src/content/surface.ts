import { seenParentOf } from "./page-dom.js";

/** Whether a text stands on light or on dark ground, or on ground of middling lightness that is nearer to one of them. */

export type Surface = "light" | "light_middle" | "dark_middle" | "dark";

/** Ground on which black and white text are read equally well, by the formula of WCAG. */
const MIDDLE_GROUND = 0.179;
/** Between these a line in a look's own colours would not have a contrast of 3:1, or not with each strength. */
const LIGHT_GROUND = 0.84;
const DARK_GROUND = 0.04;
/** Text that can hardly be told from a ground stands on something else: a picture, most likely. */
const LEAST_CONTRAST = 1.5;

export function surfaceOf(text: Text): Surface {
  const element = seenParentOf(text);
  const ink = element ? luminanceOf(channelsOf(getComputedStyle(element).color)) : 0;
  const ground = groundUnder(element);
  if (ground === null) return ink > 0.5 ? "dark" : "light";
  // Of a picture nothing is known but that the words can be read on it.
  if (ground === "picture" || contrastOf(ground, ink) < LEAST_CONTRAST)
    return ink > 0.5 ? "dark_middle" : "light_middle";
  if (ground < MIDDLE_GROUND) return ground > DARK_GROUND ? "dark_middle" : "dark";
  return ground < LIGHT_GROUND ? "light_middle" : "light";
}

/** What stands beside the page's words is light or dark as they are. */
export function themeOf(surface: Surface): "light" | "dark" {
  return surface === "light" || surface === "light_middle" ? "light" : "dark";
}

/** The luminance of the ground with all tints that lie over it; null where there is none. */
function groundUnder(element: Element | null): number | "picture" | null {
  const tints: Channels[] = [];
  for (let under = element; under; under = seenParentOf(under)) {
    const { backgroundColor, backgroundImage } = getComputedStyle(under);
    if (backgroundImage !== "none") return "picture";
    if (backgroundColor === CLEAR) continue;
    const tint = channelsOf(backgroundColor);
    if (tint[3] > 0) tints.push(tint);
    if (tint[3] === 255) break;
  }
  return tints.length === 0 ? null : luminanceOf(tints.reduceRight(over, WHITE));
}

const CLEAR = "rgba(0, 0, 0, 0)";
const WHITE: Channels = [255, 255, 255, 255];

/** Red, green, blue and opacity from 0 to 255. */
type Channels = readonly [r: number, g: number, b: number, opacity: number];

/** How a tint looks over what is under it. */
function over(under: Channels, tint: Channels): Channels {
  const share = tint[3] / 255;
  const blend = (top: number, bottom: number): number => share * top + (1 - share) * bottom;
  return [blend(tint[0], under[0]), blend(tint[1], under[1]), blend(tint[2], under[2]), 255];
}

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
