import { browser } from "../shared/browser.js";
import { byId } from "../shared/by-id.js";
import { localize } from "../shared/localize.js";
import { modeChoices, showMode } from "../shared/mode-choices.js";
import { readTexts } from "../shared/read-texts.js";
import { sayWhatIsSent } from "../shared/say-what-is-sent.js";
import type { Settings } from "../shared/settings.js";
import { onSettingsChanged, readChosen, readManaged } from "../shared/stored-settings.js";
import { say, speak } from "../shared/texts.js";

/** The page of the first run: what is sent, where and when, and the choice of it, before anything is. */

const modes = byId("modes", HTMLDivElement);
const note = byId("mode-note", HTMLParagraphElement);
let spoken: Settings["language"] | null = null;

byId("done", HTMLButtonElement).addEventListener("click", () => void closeTab());
byId("options", HTMLButtonElement).addEventListener("click", () => void browser.runtime.openOptionsPage());
onSettingsChanged(() => void show());
// No reader waits before an empty page for what an organization may have set.
await draw(await readChosen(), {});
await show();

async function show(): Promise<void> {
  const managed = await readManaged();
  await draw(await readChosen(), managed);
}

async function draw(chosen: Settings, managed: Partial<Settings>): Promise<void> {
  const settings = { ...chosen, ...managed };
  await speakIn(settings.language);
  sayWhatIsSent(settings);
  showMode(modes, settings.mode, managed.mode !== undefined);
  if (managed.mode !== undefined) note.textContent = say("managed_note");
}

async function speakIn(language: Settings["language"]): Promise<void> {
  if (language === spoken) return;
  speak(await readTexts(language));
  spoken = language;
  localize(document);
  modes.replaceChildren(
    ...modeChoices((_mode, isAllowed) => {
      note.textContent = isAllowed ? "" : say("mode_all_refused");
      void show();
    }),
  );
}

async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}
