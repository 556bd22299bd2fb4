/** Apple's keyboards have Command where others have Control. */
const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export const RUN_KEYS = apple ? "⌘ ↵" : "Ctrl ↵";
export const SAVE_KEYS = apple ? "⌘ S" : "Ctrl S";

/** What a person asked for with the keyboard, wherever the focus is. */
export function commandOf(event: KeyboardEvent): "run" | "save" | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return undefined;
  if (event.key === "Enter") return "run";
  if (event.key === "s" || event.key === "S") return "save";
  return undefined;
}
