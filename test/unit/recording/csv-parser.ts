/** RFC 4180 to the letter: CR LF between lines, quotes only around whole cells, quotes within them twice. Throws at anything else. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      let cell = "";
      if (text[at] === '"') {
        at++;
        while (text[at] !== '"' || text[at + 1] === '"') {
          if (at >= text.length) throw new Error("a quote is not closed");
          at += text[at] === '"' ? 1 : 0;
          cell += text[at++];
        }
        at++;
      } else {
        while (at < text.length && !',\r\n"'.includes(text[at] as string)) cell += text[at++];
      }
      row.push(cell);
      if (text[at] === ",") at++;
      else break;
    }
    if (text.slice(at, at + 2) !== "\r\n")
      throw new Error(`a line ends with ${JSON.stringify(text.slice(at, at + 2))}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}
