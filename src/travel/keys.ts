/** Keys of the scrubber, for the list of keys. */
export const TRAVEL_KEYS = { back: ",", forward: ".", now: "Escape" } as const;

export type TravelKey = keyof typeof TRAVEL_KEYS;

const OF_TEXT = "textarea, select, [contenteditable], [role=textbox], [data-monaco]";

/** What a key asks of the scrubber, wherever the focus is: nothing in a field or an editor, and nothing while something is open that the key belongs to. */
export function travelKeyOf(event: KeyboardEvent): TravelKey | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type !== "range") return undefined;
  if (target instanceof Element && target.closest(OF_TEXT) !== null) return undefined;
  if (document.querySelector("dialog[open], :popover-open") !== null) return undefined;
  if (event.key === TRAVEL_KEYS.back) return "back";
  if (event.key === TRAVEL_KEYS.forward) return "forward";
  return event.key === TRAVEL_KEYS.now ? "now" : undefined;
}
