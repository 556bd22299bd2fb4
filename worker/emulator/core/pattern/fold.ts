const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * A text without its case, for comparison only. By code point: what `toLowerCase` makes of a whole word depends on where in it a letter stands (the Greek
 * final sigma).
 */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  let folded = "";
  for (const letter of text) folded += letter.toUpperCase().toLowerCase();
  return folded;
}
