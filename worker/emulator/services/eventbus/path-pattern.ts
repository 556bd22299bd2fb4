/**
 * Tests texts against a path pattern: `*` is any run of characters within a segment, `**` one across segments, and all else stands for itself.
 *
 * All places of the pattern that the text so far can have led to are followed at once, so that no pattern makes it go back: pattern times text at most.
 */
export function pathPatternTest(pattern: string): (text: string) => boolean {
  const tokens = pattern.match(/\*+|[^*]/gu) ?? [];
  return (text) => {
    let reached = withSkips(tokens, new Set([0]));
    for (const letter of text) {
      const next = new Set<number>();
      for (const at of reached) {
        const token = tokens[at];
        if (token === undefined) continue;
        if (token.startsWith("*")) {
          if (token.length > 1 || letter !== "/") next.add(at);
        } else if (token === letter) next.add(at + 1);
      }
      if (next.size === 0) return false;
      reached = withSkips(tokens, next);
    }
    return reached.has(tokens.length);
  };
}

/** A star may also stand for nothing. */
function withSkips(tokens: readonly string[], places: Set<number>): Set<number> {
  // What is added while a set is walked is walked, too.
  for (const at of places) if (tokens[at]?.startsWith("*")) places.add(at + 1);
  return places;
}
