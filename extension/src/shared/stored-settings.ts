import { browser } from "./browser.js";
import { DEFAULT_SETTINGS, readPartialSettings, type Settings } from "./settings.js";

/** The settings as they hold now: what an organization has set, then what the reader chose, then the defaults. */
export async function readSettings(): Promise<Settings> {
  return { ...(await readChosen()), ...(await readManaged()) };
}

/** What holds where no organization has set something else, which Chromium knows only seconds after installing. */
export async function readChosen(): Promise<Settings> {
  const chosen = await browser.storage.local.get<Settings>({ ...DEFAULT_SETTINGS });
  return { ...DEFAULT_SETTINGS, ...readPartialSettings(chosen) };
}

/** What an organization has set for its readers (a newsroom, a school): they can't change it. */
export async function readManaged(): Promise<Partial<Settings>> {
  try {
    return readPartialSettings(await browser.storage.managed.get());
  } catch {
    // Firefox knows no managed storage where no one manages it.
    return {};
  }
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  await browser.storage.local.set(change);
}

export function onSettingsChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === "local" || area === "managed") listener();
  });
}
