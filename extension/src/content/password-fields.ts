const PASSWORD_FIELD =
  "input[type='password' i], input[autocomplete~='current-password' i], input[autocomplete~='new-password' i]";

/** Whether a password can be typed on the page, now or when its field is shown. */
export function passwordFieldIn(roots: readonly ParentNode[]): "visible" | "hidden" | null {
  const fields = roots.flatMap((root) => [...root.querySelectorAll(PASSWORD_FIELD)]);
  if (fields.length === 0) return null;
  return fields.some((field) => field.checkVisibility({ visibilityProperty: true })) ? "visible" : "hidden";
}
