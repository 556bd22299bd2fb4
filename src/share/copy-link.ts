import { layout } from "../app/app";
import type { Offer } from "../app/layout.svelte";
import { shareable } from "../app/shareable";
import { copyText } from "./clipboard";
import { linkOf } from "./link";

const SHOWN_MS = 5_000;

/** Copies a link to what is on the screen; where there is none, Share says why. */
export async function copyLink(): Promise<void> {
  const result = await shareable();
  const fitted = "run" in result ? await linkOf(result.run) : undefined;
  const link = fitted && "fragment" in fitted ? `${location.origin}${location.pathname}${fitted.fragment}` : undefined;
  if (link === undefined) return layout.show("share");
  try {
    await copyText(link);
    tell("The link is copied.");
  } catch {
    layout.show("share");
  }
}

function tell(text: string): void {
  const offer: Offer = { text, action: "Dismiss", act: () => (layout.offer = undefined) };
  layout.offer = offer;
  setTimeout(() => {
    if (layout.offer === offer) layout.offer = undefined;
  }, SHOWN_MS);
}
