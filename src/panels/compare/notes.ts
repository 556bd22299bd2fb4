import type { ServiceExplanation, ValueNote } from "../../../worker/emulator/core/service/notes";

export type ValueNotes = Readonly<Record<string, ValueNote>>;

/** By service: what is known of values by their names. */
export function valueNotes(explanations: readonly ServiceExplanation[]): (service: string) => ValueNotes {
  const byService = new Map(explanations.map(({ service, values }) => [service, values]));
  return (service) => byService.get(service) ?? {};
}

/** A note of this name; an object of a program's may be called `constructor`. */
export const noteOf = (notes: ValueNotes, name: string): ValueNote | undefined =>
  Object.hasOwn(notes, name) ? notes[name] : undefined;
