import type { PasswordField } from "../shared/messages.js";
import { allRootsIn } from "./all-roots.js";
import { canBeSeen } from "./can-be-seen.js";
import { runInSlices } from "./slices.js";

const PASSWORD_FIELD =
  "input[type='password' i], input[autocomplete~='current-password' i], input[autocomplete~='new-password' i]";

/** Whether a password can be typed in a frame, now or when its field is shown. */
export function passwordFieldIn(roots: readonly ParentNode[]): PasswordField | null {
  const fields = roots.flatMap((root) => [...root.querySelectorAll(PASSWORD_FIELD)]);
  if (fields.length === 0) return null;
  return fields.some(canBeSeen) ? "visible" : "hidden";
}

/** The same of the frame as it is now. */
export async function findPasswordField(): Promise<PasswordField | null> {
  const { result: roots } = await runInSlices(allRootsIn(document), new AbortController().signal);
  return passwordFieldIn(roots);
}
