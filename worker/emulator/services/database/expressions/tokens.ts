/** One word or sign of an expression. */
export interface Token {
  readonly kind: "name" | "alias" | "placeholder" | "number" | "sign" | "stray" | "end";
  readonly text: string;
  readonly start: number;
}

const SPACE = 1;
const LETTER = 2;
const DIGIT = 4;
const SIGN = 8;

/** What each ASCII character can be. */
const CLASSES = new Uint8Array(128);
for (const space of " \t\n\r\v\f") CLASSES[space.charCodeAt(0)] = SPACE;
for (let digit = 0; digit < 10; digit++) CLASSES[48 + digit] = DIGIT;
for (let letter = 0; letter < 26; letter++) CLASSES[65 + letter] = CLASSES[97 + letter] = LETTER;
CLASSES["_".charCodeAt(0)] = LETTER;
for (const sign of "()[],.=<>+-") CLASSES[sign.charCodeAt(0)] = SIGN;

const classAt = (text: string, at: number): number => CLASSES[text.charCodeAt(at)] ?? 0;

function endOf(text: string, at: number, classes: number): number {
  let end = at;
  while (classAt(text, end) & classes) end++;
  return end;
}

const DOUBLE_SIGNS = ["<>", "<=", ">="];

function read(text: string, start: number): Token {
  const token = (kind: Token["kind"], end: number): Token => ({ kind, text: text.slice(start, end), start });
  const its = classAt(text, start);
  if (its === LETTER) return token("name", endOf(text, start, LETTER | DIGIT));
  if (its === DIGIT) return token("number", endOf(text, start, DIGIT));
  if (its === SIGN) return token("sign", start + (DOUBLE_SIGNS.includes(text.slice(start, start + 2)) ? 2 : 1));
  const first = text.charAt(start);
  if (first === "#" || first === ":") {
    const end = endOf(text, start + 1, LETTER | DIGIT);
    if (end > start + 1) return token(first === "#" ? "alias" : "placeholder", end);
  }
  return token("stray", start + String.fromCodePoint(text.codePointAt(start) as number).length);
}

/** The tokens of an expression, the end as the last one. A character that begins none is a `stray` one, which no rule expects. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = endOf(text, 0, SPACE); at < text.length; at = endOf(text, at, SPACE)) {
    const token = read(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: "end", text: "<EOF>", start: text.length });
  return tokens;
}
