import { count, plural } from "../../ui/format";
import type { Arrow } from "./arrows";
import type { FlowNode } from "./nodes";

const CARRIED: Readonly<Record<Arrow["carries"], string>> = {
  events: "Events",
  deadLetters: "Dead letters",
  successes: "After success",
  failures: "After failure",
};

/** What goes along an arrow. */
export const carried = ({ carries }: Arrow): string => CARRIED[carries];

export const nodeName = ({ noun, label, shape }: FlowNode): string =>
  shape === undefined ? `${label} (${noun})` : `${noun} ${label}`;

/** `12 hops, 2 failed`. */
export const traffic = ({ hops, failed }: Pick<Arrow, "hops" | "failed">): string =>
  failed === 0 ? plural(hops, "hop") : `${plural(hops, "hop")}, ${count(failed)} failed`;

/** Why nothing goes along it, if so. */
export function closed({ wires }: Arrow): string | undefined {
  if (wires.length === 0) return "no longer wired";
  return wires.some(({ enabled }) => enabled) ? undefined : "off";
}

export const arrowName = (arrow: Arrow): string =>
  [`${nodeName(arrow.from)} to ${nodeName(arrow.to)}`, carried(arrow).toLowerCase(), traffic(arrow), closed(arrow)]
    .filter((it) => it !== undefined)
    .join(", ");
