import { say, sayCount, spokenLanguage } from "../shared/texts.js";
import type { PopupState } from "./popup-state.js";

export type Act = "scan" | "switch_on";

export interface PopupWords {
  headline: string;
  detail: string;
  act: Act | null;
}

export function wordsFor(state: PopupState, server: string, site: string): PopupWords {
  const headline = state.kind === "found" || state.kind === "failed" ? "" : say(`popup_${state.kind}`);
  switch (state.kind) {
    case "unreadable":
    case "scanning":
      return { headline, detail: say(`popup_${state.kind}_detail`), act: null };
    case "off":
      return { headline: say("popup_off", site), detail: say("popup_off_detail"), act: "switch_on" };
    case "not_scanned":
      return { headline, detail: say("popup_not_scanned_detail", server), act: "scan" };
    case "hidden_password_field":
      return { headline, detail: say("popup_hidden_password_field_detail", server), act: "scan" };
    case "password_field":
      return { headline, detail: say("popup_password_field_detail"), act: null };
    case "failed": {
      const { reason, detail } = state.failure;
      return {
        headline: say(`failure_${reason}`),
        detail: [say(`failure_${reason}_detail`, server), detail].filter((part) => part).join(" "),
        act: reason === "not_permitted" ? null : "scan",
      };
    }
    case "none":
      return { headline, detail: withPartial(say("popup_none_detail"), state.isPartial), act: null };
    case "found":
      return {
        headline: sayCount("popup_found", state.matches.length),
        detail: withPartial(say("popup_found_detail"), state.isPartial),
        act: null,
      };
  }
}

/** Whom the page is asked about, or how much of it was. */
export function sentWords(state: PopupState, server: string): string {
  if (state.kind !== "none" && state.kind !== "found") return say("asks_server", server);
  if (state.sentShare === 0) return say("popup_sent_nothing");
  const percent = new Intl.NumberFormat(spokenLanguage(), { style: "percent" });
  return say("popup_sent_share", percent.format(Math.max(state.sentShare, 0.01)), server);
}

function withPartial(detail: string, isPartial: boolean): string {
  return isPartial ? `${detail} ${say("popup_partial")}` : detail;
}
