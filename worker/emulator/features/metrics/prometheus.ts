import { BUCKETS, type Labels, type Series, type Spread } from "./series";
import type { CallSeries } from "./call-series";

/** One family of the text format. */
interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly lines: Line[];
}

interface Line {
  /** Sorts the series of a family: the values of its labels. */
  readonly key: readonly string[];
  readonly text: string;
}

/** The text exposition format, version 0.0.4: families of calls first, then a program's own. */
export function prometheusText(calls: Iterable<CallSeries>, own: Iterable<Series>): string {
  return [...callFamilies(calls), ...ownFamilies(own)].map(textOf).join("");
}

function callFamilies(calls: Iterable<CallSeries>): Family[] {
  const durations = family("cloud_sdk_call_duration_seconds", "How long calls took, in seconds.", "histogram");
  const totals = family("cloud_sdk_calls_total", "Calls made.", "counter");
  const errors = family("cloud_sdk_errors_total", "Calls that failed, by error code.", "counter");
  for (const { labels, origin, ok, failed, errors: byCode } of calls) {
    // A delivery says so after the labels that every call has.
    const rest: Labels = origin === "client" ? {} : { origin };
    for (const [status, spread] of [
      ["ok", ok],
      ["error", failed],
    ] as const) {
      if (spread.count === 0) continue;
      const own = { ...labels, status, ...rest };
      addHistogram(durations, own, spread);
      addValue(totals, totals.name, own, spread.count);
    }
    for (const [code, series] of byCode) addValue(errors, errors.name, { ...labels, code, ...rest }, series.all.count);
  }
  return [durations, totals, errors].filter(({ lines }) => lines.length > 0);
}

function ownFamilies(own: Iterable<Series>): Family[] {
  const families = new Map<string, Family>();
  for (const series of own) {
    const name = exportName(series.name, series.type);
    let of = families.get(name);
    if (!of) families.set(name, (of = family(name, `The program's own ${series.type} ${series.name}.`, series.type)));
    if (series.spread) addHistogram(of, series.labels, series.spread);
    else addValue(of, name, series.labels, series.type === "counter" ? series.all.sum : series.last);
  }
  return [...families.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Counters end in `_total`, whatever a program called them. */
export function exportName(name: string, type: Series["type"]): string {
  return type === "counter" && !name.endsWith("_total") ? `${name}_total` : name;
}

const family = (name: string, help: string, type: string): Family => ({ name, help, type, lines: [] });

function addValue(of: Family, name: string, labels: Labels, value: number): void {
  of.lines.push({ key: Object.values(labels), text: `${name}${labelsText(labels)} ${numberText(value)}\n` });
}

function addHistogram(of: Family, labels: Labels, { counts, count, sum, divisor }: Spread): void {
  let text = "";
  let upTo = 0;
  counts.forEach((inBucket, i) => {
    upTo += inBucket;
    const le = BUCKETS[i] === undefined ? "+Inf" : String(BUCKETS[i]);
    text += `${of.name}_bucket${labelsText({ ...labels, le })} ${upTo}\n`;
  });
  text += `${of.name}_sum${labelsText(labels)} ${numberText(sum / divisor)}\n`;
  text += `${of.name}_count${labelsText(labels)} ${count}\n`;
  of.lines.push({ key: Object.values(labels), text });
}

function textOf({ name, help, type, lines }: Family): string {
  const sorted = lines.sort((a, b) => compareLists(a.key, b.key));
  const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
  return head + sorted.map(({ text }) => text).join("");
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return (a[i] as string) < (b[i] as string) ? -1 : 1;
  }
  return a.length - b.length;
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');
/** `value` is finite; JavaScript writes it as the format wants it. */
const numberText = (value: number): string => String(value);
