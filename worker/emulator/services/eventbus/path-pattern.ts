/**
 * Tests texts against a path pattern: `*` is any run of characters within a segment, `**` one across segments, and all else stands for itself.
 *
 * All places of the pattern that the text so far can have led to are followed at once, so that no pattern makes it go back: pattern times text at most.
 */
export function pathPatternTest(pattern: string): (text: string) => boolean {
  const tokens = pattern.match(/\*+|[^*]/gu) ?? [];
  const stars = tokens.map((token) => (token.startsWith("*") ? token.length : 0));
  const end = tokens.length;
  return (text) => {
    let reached = new Uint8Array(end + 1);
    let next = new Uint8Array(end + 1);
    reached[0] = 1;
    skip(reached, stars);
    for (const letter of text) {
      next.fill(0);
      for (let at = 0; at < end; at++) {
        if (reached[at] === 0) continue;
        if (stars[at] === 0) {
          if (tokens[at] === letter) next[at + 1] = 1;
        } else if (stars[at] !== 1 || letter !== "/") next[at] = 1;
      }
      skip(next, stars);
      [reached, next] = [next, reached];
    }
    return reached[end] === 1;
  };
}

/** A star may also stand for nothing. */
function skip(places: Uint8Array, stars: readonly number[]): void {
  for (let at = 0; at < stars.length; at++) if (places[at] === 1 && stars[at] !== 0) places[at + 1] = 1;
}
