import { serverName } from "./address-rules.js";
import { byId } from "./by-id.js";
import type { Settings } from "./settings.js";
import { say } from "./texts.js";

/** Fill in the part of a page that says, in plain words, what is sent, where and when. */
export function sayWhatIsSent({ mode, server }: Settings): void {
  byId("sent-when", HTMLParagraphElement).textContent = say(`sent_when_${mode}`);
  byId("sent-what", HTMLParagraphElement).textContent = say("sent_what", serverName(server));
}
