import { serverName } from "../shared/address-rules.js";
import type { Failure } from "../shared/messages.js";
import { say, sayCount, spokenLanguage } from "../shared/texts.js";
import type { PopupState, Sent } from "./popup-state.js";

export type Act = "scan" | "stop" | "switch_on";

export interface PopupWords {
  headline: string;
  detail: string;
  act: Act | null;
}

export function wordsFor(state: PopupState, sent: Sent, server: string, site: string): PopupWords {
  // Of a page of which something was sent none of these says that nothing was.
  const after = sent.share > 0 ? "_after" : "";
  switch (state.kind) {
    case "unreadable":
    case "scanning":
    case "stopped":
      return {
        headline: say(`popup_${state.kind}`),
        detail: say(`popup_${state.kind}_detail`),
        act: { unreadable: null, scanning: "stop" as const, stopped: "scan" as const }[state.kind],
      };
    case "off":
      return { headline: say("popup_off", site), detail: say(`popup_off_detail${after}`), act: "switch_on" };
    case "not_scanned":
      return {
        headline: say(`popup_not_scanned${after}`),
        detail: say(`popup_not_scanned_detail${after}`, server),
        act: "scan",
      };
    case "hidden_password_field":
      return {
        headline: say(`popup_hidden_password_field${after}`),
        detail: say("popup_hidden_password_field_detail", server),
        act: "scan",
      };
    case "password_field":
      return {
        headline: say(`popup_password_field${after}`),
        detail: say(`popup_password_field_detail${after}`),
        act: null,
      };
    case "failed": {
      const { reason, detail } = state.failure;
      return {
        headline: say(`failure_${reason}`),
        detail: [say(`failure_${reason}_detail`, server), detail].filter((part) => part).join(" "),
        act: reason === "not_permitted" ? null : "scan",
      };
    }
    case "none":
      return {
        headline: say("popup_none"),
        detail: withPartial(say("popup_none_detail"), state.isPartial),
        act: null,
      };
    case "found":
      return {
        headline: sayCount("popup_found", state.matches.length),
        detail: withUnsearched(withPartial(say("popup_found_detail"), state.isPartial), state.failure),
        act: null,
      };
  }
}

/** Whom the page is asked about, or how much of it was. */
export function sentWords({ kind }: PopupState, { share, servers }: Sent, server: string): string {
  if (share === 0)
    return kind === "none" || kind === "found" ? say("popup_sent_nothing") : say("asks_server", server);
  const percent = new Intl.NumberFormat(spokenLanguage(), { style: "percent" });
  const names = new Intl.ListFormat(spokenLanguage()).format(servers.map(serverName));
  return say("popup_sent_share", percent.format(Math.max(share, 0.01)), names);
}

function withPartial(detail: string, isPartial: boolean): string {
  return isPartial ? `${detail} ${say("popup_partial")}` : detail;
}

function withUnsearched(detail: string, failure: Failure | null): string {
  return failure ? `${detail} ${say("popup_unsearched", say(`failure_${failure.reason}`))}` : detail;
}
