import type { OfferedService } from "../provider/provider";
import type { CloudName } from "../error-codes";
import type { BaseDialect } from "./service";

/** What readers are told of one field of a dialect that a program can notice. */
export interface FieldNote {
  /** One plain sentence that is true on every cloud, whatever the field's value there. */
  readonly about: string;
  /** Which page of each cloud's documentation tells of it: a key of the dialects' `documentation`. */
  readonly topic: string;
  /** What a number counts; a plain count when absent. */
  readonly unit?: "bytes" | "ms" | "days";
  /** The only operations in which it shows; all when absent. */
  readonly operations?: readonly string[];
}

/** What readers are told of a named value in inputs and outputs (`etag`), wherever it stands. */
export interface ValueNote {
  /** Fields of the dialect that decide it; none where it follows from what was done before. */
  readonly fields?: readonly string[];
  /** It is of a form of the cloud's own (an identifier, a native name): that it differs says nothing of behaviour. */
  readonly form?: true;
}

/** A field for each that the dialect has beyond what all dialects have. */
export type FieldNotes<Dialect extends BaseDialect> = Readonly<
  Record<Exclude<keyof Dialect & string, keyof BaseDialect>, FieldNote>
>;

/** Why the same call comes out differently on another cloud: facts about a category, as plain data. */
export interface ServiceNotes {
  readonly fields: Readonly<Record<string, FieldNote>>;
  /** For each reason to refuse, the fields that decide whether a cloud has it; none where all clouds have it alike. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
  readonly values: Readonly<Record<string, ValueNote>>;
}

/** What belongs to one dialect, beside the dialect itself: no run needs it. */
export interface DialectDocumentation {
  /** Title of the page of the real documentation, by topic; `errors` is where the native codes are listed. */
  readonly pages: Readonly<Record<string, string>>;
  /** In words, what a field is on this cloud, where it is no figure, list or rule that could be printed. */
  readonly words: Readonly<Record<string, string>>;
}

/** One field of a dialect, in words. */
export interface DialectFact {
  readonly field: string;
  /** What the field is; the same on every cloud. */
  readonly about: string;
  /** What it is on this cloud. */
  readonly value: string;
  /** Title of the page of the real service's documentation. */
  readonly documentation: string;
  /** The only operations in which it shows; all when absent. */
  readonly operations?: readonly string[];
}

/** Why a service of one cloud does what others do not: plain data, which the page looks things up in. */
export interface ServiceExplanation extends Omit<ServiceNotes, "fields"> {
  readonly provider: CloudName;
  readonly service: string;
  /** `S3`, `Blob Storage`, `Cloud Storage`. */
  readonly native: string;
  readonly dialect: readonly DialectFact[];
}

/** A dialect in words: the figures are the dialect's own, so that no text can say otherwise. */
export function explain(
  provider: CloudName,
  { definition, dialect }: Pick<OfferedService, "definition" | "dialect">,
  { fields, reasons, values }: ServiceNotes,
  { pages, words }: DialectDocumentation,
): ServiceExplanation {
  const { native } = dialect;
  const own = new Map<string, unknown>(Object.entries(dialect));
  const facts = Object.entries(fields).map(([field, { about, topic, unit, operations }]): DialectFact => {
    const value = words[field] ?? printFact(own.get(field), unit) ?? "";
    return { field, about, value, documentation: pages[topic] ?? native, ...(operations && { operations }) };
  });
  const { about, topic } = CODES_NOTE;
  const value = `the codes of ${native}`;
  facts.push({ field: "nativeReasons", about, value, documentation: pages[topic] ?? native });
  return { provider, service: definition.service, native, dialect: facts, reasons, values };
}

/** What the native codes of refusals are to a reader; the same for every service. */
export const CODES_NOTE: FieldNote = {
  about: "Each cloud has its own code, and at times its own HTTP status, for the same refusal.",
  topic: "errors",
};

/** A field's value as a reader sees it; undefined for one that only words can tell. */
export function printFact(value: unknown, unit?: FieldNote["unit"]): string | undefined {
  if (value === Infinity) return "no limit";
  if (typeof value === "number") return printNumber(value, unit);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (typeof value !== "object" || value === null || value instanceof RegExp) return undefined;
  if ("rule" in value && typeof value.rule === "string") return value.rule;
  const parts = Object.entries(value).map(([name, part]) => {
    const text = printFact(part, unit);
    return text === undefined ? name : `${name}: ${text}`;
  });
  return parts.length === 0 ? "none" : parts.join("; ");
}

const SIZES = ["bytes", "KiB", "MiB", "GiB", "TiB"];
const TIMES: readonly (readonly [name: string, ms: number])[] = [
  ["days", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];

function printNumber(value: number, unit: FieldNote["unit"]): string {
  if (unit === "days") return `${value} days`;
  if (unit === "bytes") {
    let power = 0;
    while (power < SIZES.length - 1 && value > 0 && value % 1024 ** (power + 1) === 0) power++;
    return `${grouped(value / 1024 ** power)} ${SIZES[power] as string}`;
  }
  if (unit === "ms") {
    const [name, ms] = TIMES.find(([, size]) => value > 0 && value % size === 0) ?? ["ms", 1];
    return `${grouped(value / ms)} ${name}`;
  }
  return grouped(value);
}

/** By hand: what `toLocaleString` writes is the engine's own affair. */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
