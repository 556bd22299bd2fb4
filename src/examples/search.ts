import { type ExampleInfo, listExamples, loadExample } from ".";

/** What of an example can be found besides what is said of it: the names in its code, by id. */
export type ExampleNames = ReadonlyMap<string, string>;

const NAME = /[A-Za-z]\w{2,}/g;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

export const namesIn = (code: string): string =>
  [...new Set(code.replaceAll(COMMENT, "").match(NAME))].join(" ").toLowerCase();

/** Loads the code of all examples: a few kilobytes, fetched when somebody first searches. An example that does not load is found by its title only. */
export async function exampleNames(): Promise<ExampleNames> {
  const named = (await listExamples()).map(async ({ id }): Promise<[string, string]> => {
    const example = await loadExample(id).catch(() => undefined);
    return [id, namesIn(Object.values(example?.files ?? {}).join("\n"))];
  });
  return new Map(await Promise.all(named));
}

/** Whether all words of a search are in what is said of an example, or in its code. */
export function answersSearch(info: ExampleInfo, names: ExampleNames | undefined, search: string): boolean {
  const text = `${info.title} ${info.summary} ${info.category} ${names?.get(info.id) ?? ""}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
