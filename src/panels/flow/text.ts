import { count, plural } from "../../ui/format";
import type { Arrow } from "./arrows";
import type { FlowNode } from "./nodes";

/** To itself, with nothing that wires it up: what a function is to do later. */
export const isOwn = ({ from, to, wires }: Arrow): boolean => from === to && wires.length === 0;

const CARRIED: Readonly<Record<Arrow["carries"], string>> = {
  events: "Events",
  deadLetters: "Dead letters",
  successes: "After success",
  failures: "After failure",
};

/** What goes along an arrow. */
export const carried = (arrow: Arrow): string => (isOwn(arrow) ? "Own events" : CARRIED[arrow.carries]);

export const nodeName = ({ noun, label, shape }: FlowNode): string =>
  shape === undefined ? `${label} (${noun})` : `${noun} ${label}`;

export const failures = (failed: number): string => `${count(failed)} failed`;

/** `12 hops, 2 failed`. */
const traffic = ({ hops, failed }: Arrow): string =>
  failed === 0 ? plural(hops, "hop") : `${plural(hops, "hop")}, ${failures(failed)}`;

/** Why nothing goes along it, if so. */
export function closed(arrow: Arrow): string | undefined {
  const { wires } = arrow;
  if (wires.length === 0) return isOwn(arrow) ? undefined : "no longer wired";
  return wires.some(({ enabled }) => enabled) ? undefined : "off";
}

export const arrowName = (arrow: Arrow): string =>
  [`${nodeName(arrow.from)} to ${nodeName(arrow.to)}`, carried(arrow).toLowerCase(), traffic(arrow), closed(arrow)]
    .filter((it) => it !== undefined)
    .join(", ");
