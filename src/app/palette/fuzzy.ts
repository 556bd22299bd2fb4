/** How well a text answers a search; higher is better. */
export interface Match {
  readonly score: number;
  /** Where the searched letters stand, for showing them. */
  readonly letters: readonly number[];
}

const NONE: Match = { score: 0, letters: [] };

/** Whether all words of a search are in a text, their letters in order but not necessarily side by side. */
export function fuzzyMatch(search: string, text: string): Match | undefined {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  let total = NONE;
  for (const word of words) {
    const match = matchWord(word, text.toLowerCase());
    if (match === undefined) return undefined;
    total = { score: total.score + match.score, letters: [...total.letters, ...match.letters] };
  }
  // Of two that match alike, the shorter one was more likely meant.
  return { ...total, score: total.score - text.length / 1000 };
}

const startsWord = (text: string, at: number): boolean => at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1));

function matchWord(word: string, text: string): Match | undefined {
  let best: Match | undefined;
  for (let from = text.indexOf(word.charAt(0)); from >= 0; from = text.indexOf(word.charAt(0), from + 1)) {
    const match = matchFrom(word, text, from);
    if (match !== undefined && (best === undefined || match.score > best.score)) best = match;
  }
  return best;
}

/** Takes each letter where it follows the one before, or else begins a word, or else at all. */
function matchFrom(word: string, text: string, from: number): Match | undefined {
  const letters = [from];
  let score = startsWord(text, from) ? 3 : 1;
  for (const letter of word.slice(1)) {
    const last = letters.at(-1) as number;
    let at = text.charAt(last + 1) === letter ? last + 1 : -1;
    if (at < 0) at = nextStart(text, letter, last + 2);
    if (at < 0) at = text.indexOf(letter, last + 2);
    if (at < 0) return undefined;
    score += at === last + 1 ? 3 : startsWord(text, at) ? 2 : -1;
    letters.push(at);
  }
  return score > 0 ? { score, letters } : undefined;
}

function nextStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1))
    if (startsWord(text, at)) return at;
  return -1;
}
