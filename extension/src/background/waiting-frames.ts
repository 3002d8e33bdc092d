import { browser } from "../shared/browser.js";

/** The frames that wait for an answer, and how to end the waiting: of a frame, since it may go on asking afterwards. */
const waiting = new Map<string, Set<AbortController>>();

type Sender = chrome.runtime.MessageSender;

/** Firefox ends a background that asks nothing of the browser for half a minute, whatever it waits for: a large filter, say. */
const SIGN_OF_LIFE_MILLISECONDS = 5_000;

/** Do for a frame what takes time, until the frame wants it no longer. */
export async function waitFor<T>(frame: Sender, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const key = keyOf(frame);
  const controller = new AbortController();
  const ofFrame = waiting.get(key) ?? new Set();
  waiting.set(key, ofFrame.add(controller));
  const signsOfLife = setInterval(() => void browser.runtime.getPlatformInfo(), SIGN_OF_LIFE_MILLISECONDS);
  try {
    return await act(controller.signal);
  } finally {
    clearInterval(signsOfLife);
    ofFrame.delete(controller);
    if (ofFrame.size === 0) waiting.delete(key);
  }
}

export function stopWaiting(frame: Sender): void {
  for (const controller of waiting.get(keyOf(frame)) ?? []) controller.abort();
}

function keyOf({ tab, frameId }: Sender): string {
  return `${String(tab?.id)} ${String(frameId)}`;
}
