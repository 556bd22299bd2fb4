import { count, duration, offset, plural } from "../../../ui/format";
import { figuresOf, type FlowFigures } from "./figures";
import type { FlowRow } from "./flow-rows";
import type { FlowIndex, Route } from "./flow-index";
import { isDeadLetter } from "./letters";

/** Of a name in full, what tells it from others; of an address, all. */
export function shortName(name: string): string {
  if (/^[a-z]+:\/\//i.test(name) || name.includes("@")) return name;
  return name.split(/[:/]/).findLast((part) => part !== "") ?? name;
}

export const routeAt = (index: FlowIndex, place: number): Route | undefined => index.routes[index.routeOf(place) ?? -1];

export type Tone = "ok" | "bad";

/** What became of a call, in a word or two. */
export function outcomeText(index: FlowIndex, place: number): { readonly text: string; readonly tone: Tone } {
  const code = index.recording.errorCodeAt(index.columns.ids[place] as number);
  if (code !== "OK") return { text: code, tone: "bad" };
  if (index.failed(place)) return { text: "failed", tone: "bad" };
  return { text: "OK", tone: "ok" };
}

/** What a hop is besides one: `attempt 2`, `dead letter`. */
export function hopNotes(index: FlowIndex, place: number): string[] {
  const attempt = index.attemptOf(place);
  return [
    ...(attempt > 1 ? [`attempt ${count(attempt)}`] : []),
    ...(isDeadLetter(index, place) ? ["dead letter"] : []),
  ];
}

/** `3 hops, 1 retry, 1 dead letter`. */
export function figuresText({ hops, retries, failed, deadLetters }: FlowFigures): string {
  return [
    plural(hops, "hop"),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(retries > 0 ? [retries === 1 ? "1 retry" : `${count(retries)} retries`] : []),
    ...(deadLetters > 0 ? [plural(deadLetters, "dead letter")] : []),
  ].join(", ");
}

/** What a call did: `messagequeue.sendMessage`. */
export function operationOf(index: FlowIndex, place: number): { readonly service: string; readonly operation: string } {
  return index.recording.signatureAt(index.columns.ids[place] as number);
}

export const callNumber = (place: number): string => `#${count(place + 1)}`;

/** Milliseconds from the end of one call to the beginning of another. */
export function waited({ columns: { begins, durations } }: FlowIndex, before: number, place: number): number {
  return Math.max(0, (begins[place] as number) - (begins[before] as number) - (durations[before] as number));
}

/** A line of the drawing in words. */
export function rowText(index: FlowIndex, { places, flow, level, before, more }: FlowRow, startMs: number): string {
  if (more !== undefined) return `${plural(more, "more")}: show all`;
  const [first, last] = [places[0] as number, places.at(-1) as number];
  const { service, operation } = operationOf(index, first);
  const route = routeAt(index, first);
  const begins = offset((index.columns.begins[first] as number) - startMs);
  const parts = [
    `${service}.${operation}${route ? ` to ${shortName(route.target)}` : ""}`,
    ...(places.length > 1 ? [plural(places.length, "attempt")] : hopNotes(index, first)),
    ...(before !== undefined && before >= 0 ? [`after ${duration(waited(index, before, first))}`] : []),
    ...(isDeadLetter(index, first) && places.length > 1 ? ["dead letter"] : []),
    outcomeText(index, last).text,
    begins,
  ];
  if (level > 0) return parts.join(", ");
  const figures = figuresOf(index, flow);
  return [...parts, figuresText(figures), `${duration(figures.endMs - figures.beginMs)} in all`].join(", ");
}
