import type { Place } from "./view.svelte";

/** Something that is wrong with the program as it is written, or might be. */
export interface Problem extends Place {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** `TypeScript 2304`. */
  readonly source: string;
}

/** What the type checker says of all files; it comes with Monaco. */
class Problems {
  /** Absent until the files were checked once. */
  list = $state.raw<readonly Problem[]>();
  readonly errors = $derived((this.list ?? []).filter(({ severity }) => severity === "error").length);
}

export const problems = new Problems();

/** Errors first, then as one reads. */
export function inReadingOrder(list: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = ({ severity }: Problem): number => (severity === "error" ? 0 : 1);
  const place = ({ file }: Problem): number => files.indexOf(file);
  return list.toSorted((a, b) => rank(a) - rank(b) || place(a) - place(b) || a.line - b.line || a.column - b.column);
}
