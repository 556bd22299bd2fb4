const compiled = new Map<string, RegExp>();
const MAX_COMPILED = 1000;

/** `*` stands for any text and, with `single`, `?` for any one character; all else for itself. */
export function matches(pattern: string, text: string, { single = true, ignoreCase = false } = {}): boolean {
  const name = `${single ? 1 : 0}${ignoreCase ? 1 : 0}${pattern}`;
  let expression = compiled.get(name);
  if (!expression) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    // Neighbouring stars are one: several would try every way to share a text among them.
    const source = pattern
      .replace(/\*+/g, "*")
      .replace(/[.+^${}()|[\]\\/-]/g, "\\$&")
      .replaceAll("*", "[^]*")
      .replaceAll("?", single ? "[^]" : "\\?");
    expression = new RegExp(`^${source}$`, ignoreCase ? "iu" : "u");
    compiled.set(name, expression);
  }
  return expression.test(text);
}
