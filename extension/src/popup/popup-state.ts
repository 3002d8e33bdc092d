import { reachOf, siteOf } from "../shared/address-rules.js";
import type { Frame } from "../shared/frames-of.js";
import type { Failure, ListedMatch } from "../shared/messages.js";
import { isOff, type Settings } from "../shared/settings.js";

/** What the popup says of the page, as data. */
export type PopupState =
  | { kind: "unreadable" }
  | { kind: "off" }
  | { kind: "not_scanned" }
  | { kind: "scanning" }
  | { kind: "stopped" }
  | { kind: "password_field" }
  | { kind: "hidden_password_field" }
  | { kind: "failed"; failure: Failure }
  | ({ kind: "none" } & Scanned)
  | ({
      kind: "found";
      matches: (ListedMatch & { frame: number })[];
      /** Why the rest could not be asked about. */
      failure: Failure | null;
    } & Scanned);

interface Scanned {
  isPartial: boolean;
}

/** What left the browser of the page's text since the page was opened, however it stands now. */
export interface Sent {
  /** 0 to 1. */
  share: number;
  /** The addresses of those that it went to. */
  servers: string[];
}

/** `frames`: what the page's frames report; null where the browser lets us into none. */
export function popupState(
  address: string | undefined,
  settings: Settings,
  frames: Frame[] | null,
): PopupState {
  if (address === undefined || reachOf(address) === "closed" || !frames) return { kind: "unreadable" };
  if (isOff(settings, address)) return { kind: "off" };
  const reports = frames.map(({ report }) => report);
  if (reports.some(({ state }) => state === "scanning")) return { kind: "scanning" };
  const isPartial = reports.some(({ complete, truncated }) => !complete || truncated);
  const matches = frames.flatMap(({ id, report }) =>
    report.matches.map((match) => ({ ...match, frame: id })),
  );
  const failure = reports.find((report) => report.failure)?.failure ?? null;
  if (matches.length > 0) return { kind: "found", matches, failure, isPartial };
  if (failure) return { kind: "failed", failure };
  for (const kind of ["stopped", "password_field", "hidden_password_field"] as const) {
    if (reports.some(({ state }) => state === kind)) return { kind };
  }
  return reports.some(({ state }) => state === "scanned")
    ? { kind: "none", isPartial }
    : { kind: "not_scanned" };
}

export function sentOf(frames: Frame[] | null): Sent {
  const living = (frames ?? []).map(({ report }) => report);
  const gone = living
    .flatMap(({ sentOfFrames }) => sentOfFrames)
    .filter(({ frame }) => living.every((report) => report.frame !== frame));
  const reports = [...living, ...gone];
  const sent = reports.reduce((sum, report) => sum + report.sent, 0);
  const read = reports.reduce((sum, report) => sum + report.read, 0);
  return {
    share: sent === 0 ? 0 : sent / Math.max(read, sent),
    servers: [...new Set(reports.flatMap(({ servers }) => servers))],
  };
}

/** Only public sites can be scanned by themselves; machines and files near by hand alone. */
export function canBeAllowed(address: string | undefined): boolean {
  return address !== undefined && reachOf(address) === "web" && siteOf(address) !== "";
}
