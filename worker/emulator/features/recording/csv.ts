/** What a cell holds: text may come from a program, numbers are ours. */
export type CsvCell = string | number | undefined;

/** A spreadsheet takes a cell that begins so for a formula, which may fetch addresses or start programs; or one that is marked as none already. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/**
 * One line of a table as RFC 4180 has it: cells with commas, quotes or line ends stand in quotes, quotes in them twice, and CR LF ends the line.
 *
 * A text that a spreadsheet would take for a formula gets a `'` before it, and quotes around it: the spreadsheet then shows it as text. Whoever reads the
 * file with a program takes one `'` off again where some stand before such a beginning. Numbers are never changed.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  if (FORMULA.test(cell)) return quoted(`'${cell}`);
  return QUOTED.test(cell) ? quoted(cell) : cell;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
