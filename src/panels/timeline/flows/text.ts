import { count, duration, offset, plural } from "../../../ui/format";
import { figuresOf, type FlowFigures } from "./figures";
import type { FlowRow } from "./flow-rows";
import type { FlowIndex, Route } from "./flow-index";
import { shortName } from "../../../ui/names";
import { carriesAt, isDeadLetter } from "./letters";

export const routeAt = (index: FlowIndex, place: number): Route | undefined => index.routes[index.routeOf(place) ?? -1];

export interface Outcome {
  readonly text: string;
  readonly tone: "ok" | "again" | "bad";
}

/** What became of a line's last call. An attempt may go well and yet be followed by another: some of its batch failed. */
export function outcomeOfRow(index: FlowIndex, { places, before, last }: FlowRow): Outcome {
  const outcome = outcomeText(index, places.at(-1) ?? 0);
  return before !== undefined && !last && outcome.tone === "ok" ? { text: "tried again", tone: "again" } : outcome;
}

/** What became of a call, in a word or two. */
export function outcomeText(index: FlowIndex, place: number): Outcome {
  const code = index.recording.errorCodeAt(index.columns.ids[place] as number);
  if (code !== "OK") return { text: code, tone: "bad" };
  if (index.failed(place)) return { text: "failed", tone: "bad" };
  return { text: "OK", tone: "ok" };
}

/** What a hop is besides one: `attempt 2`, `dead letter`. */
export function hopNotes(index: FlowIndex, place: number): string[] {
  const attempt = index.attemptOf(place);
  return [...(attempt > 1 ? [`attempt ${count(attempt)}`] : []), ...endNotes(index, place)];
}

/** What a hop has to say of an end: a dead letter, or what a function's end is told by. */
export function endNotes(index: FlowIndex, place: number): string[] {
  if (isDeadLetter(index, place)) return ["dead letter"];
  const carries = carriesAt(index, place);
  return carries === "successes" ? ["after success"] : carries === "failures" ? ["after failure"] : [];
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
export function rowText(index: FlowIndex, row: FlowRow, startMs: number): string {
  const { places, flow, level, before, more } = row;
  if (more !== undefined) return `${plural(more, "more")}: show all`;
  const first = places[0] as number;
  const { service, operation } = operationOf(index, first);
  const route = routeAt(index, first);
  const begins = offset((index.columns.begins[first] as number) - startMs);
  const parts = [
    `${service}.${operation}${route ? ` to ${shortName(route.target)}` : ""}`,
    ...(places.length > 1 ? [plural(places.length, "attempt")] : hopNotes(index, first)),
    ...(before !== undefined && before >= 0 ? [`after ${duration(waited(index, before, first))}`] : []),
    ...(places.length > 1 ? endNotes(index, first) : []),
    outcomeOfRow(index, row).text,
    begins,
  ];
  if (level > 0) return parts.join(", ");
  const figures = figuresOf(index, flow);
  return [...parts, figuresText(figures), `${duration(figures.endMs - figures.beginMs)} in all`].join(", ");
}
