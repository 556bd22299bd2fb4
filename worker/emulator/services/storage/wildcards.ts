/**
 * Whether a text is what a pattern describes: `*` stands for any text and, with `single`, `?` for any one character; all else for itself.
 *
 * No regular expression: a pattern comes from a program, and one with many stars could keep an expression busy for ever. Here a star that leads nowhere is
 * only ever widened, the last one first, which takes at most pattern times text steps.
 */
export function matches(pattern: string, text: string, { single = true, ignoreCase = false } = {}): boolean {
  const wanted = Array.from(ignoreCase ? pattern.toLowerCase() : pattern);
  const given = Array.from(ignoreCase ? text.toLowerCase() : text);
  let at = 0;
  let star = -1;
  let widened = 0;
  for (let i = 0; i < given.length;) {
    if (wanted[at] === "*") {
      star = at++;
      widened = i;
    } else if (at < wanted.length && (wanted[at] === given[i] || (single && wanted[at] === "?"))) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++widened;
    } else return false;
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
