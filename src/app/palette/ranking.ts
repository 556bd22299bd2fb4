import { fuzzyMatch } from "./fuzzy";

export interface Findable {
  readonly id: string;
  readonly title: string;
  readonly words?: string;
}

export interface Found<T> {
  readonly item: T;
  /** Letters of the title that the search asked for. */
  readonly letters: ReadonlySet<number>;
}

/** Half as good as the title: people search for what they see. */
const WORDS_WEIGHT = 0.5;

/** What answers a search, best first; without a search everything, what was used last first. */
export function rank<T extends Findable>(items: readonly T[], search: string, recent: readonly string[]): Found<T>[] {
  const recency = (item: T): number => {
    const at = recent.indexOf(item.id);
    return at < 0 ? recent.length : at;
  };
  if (search.trim() === "") {
    return items.toSorted((a, b) => recency(a) - recency(b)).map((item) => ({ item, letters: new Set() }));
  }
  return items
    .flatMap((item) => {
      const title = fuzzyMatch(search, item.title);
      const all = title ?? fuzzyMatch(search, `${item.title} ${item.words ?? ""}`);
      if (all === undefined) return [];
      const score = title === undefined ? all.score * WORDS_WEIGHT : all.score;
      return [{ item, letters: new Set(title?.letters), score }];
    })
    .sort((a, b) => b.score - a.score || recency(a.item) - recency(b.item));
}
