import { browser } from "./browser.js";
import { DEFAULT_SETTINGS, type Settings } from "./settings.js";

/** The settings as the browser keeps them, on this machine. */
export async function readSettings(): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await browser.storage.local.get<Settings>({ ...DEFAULT_SETTINGS })) };
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  await browser.storage.local.set(change);
}

export function onSettingsChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === "local") listener();
  });
}
