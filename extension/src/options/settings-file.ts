import { DEFAULT_SETTINGS, readPartialSettings, type Settings } from "../shared/settings.js";

/** Settings as a file that a reader keeps, moves to another browser, or hands on. */

const FORM = "quotemark-settings";
const VERSION = 1;

export function writeSettingsFile(settings: Settings): string {
  return `${JSON.stringify({ [FORM]: VERSION, ...settings }, null, 2)}\n`;
}

/** Null where the text is no such file. What a file does not say, or says wrongly, is as at first. */
export function readSettingsFile(text: string): Settings | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || (value as Record<string, unknown>)[FORM] !== VERSION) {
    return null;
  }
  return { ...DEFAULT_SETTINGS, ...readPartialSettings(value) };
}
