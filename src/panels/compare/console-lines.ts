import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { Catalogue } from "../../../worker/protocol";
import { align, type Rows } from "./align";
import { Words } from "./digesting";
import { noteOf, type ValueNotes } from "./notes";

/** Stands for what every cloud calls by a name of its own. */
const OWN = "\u0000";
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const TOKEN = /[\p{L}\p{N}_.:/+=-]*[\p{L}\p{N}_/+=-]/gu;
/** Shorter texts mean too much to be taken for an identifier. */
const SHORTEST_TOKEN = 3;
const BATCH = 16;

/** The console of one lane, with what only says where it ran made the same for all lanes. */
export class ConsoleLane {
  readonly lines: readonly string[];
  #masked: string[];
  /** Words of lines that no other lane has, and whether the cloud made them. */
  readonly #tokens = new Map<string, boolean>();

  constructor(
    private readonly recording: RecordReader,
    cloud: CloudName,
    catalogue: Catalogue,
  ) {
    const ids = recording.ordinals("console");
    this.lines = Array.from({ length: ids.length }, (_, i) => recording.consoleAt(ids.at(i)).text);
    const words = ownWords(cloud, catalogue);
    this.#masked = this.lines.map((line) =>
      line
        .replace(words.pattern, (word) => words.meanings.get(word.toLowerCase()) ?? OWN)
        .replace(MOMENT, OWN)
        // Columns are padded to the names in them.
        .replace(/ {2,}/g, " "),
    );
  }

  get masked(): readonly string[] {
    return this.#masked;
  }

  /** Lines that all lanes have as they are stay so: a table with a column for each cloud names all of them. */
  keep(lines: ReadonlySet<string>): void {
    this.#masked = this.#masked.map((masked, place) => {
      const line = this.lines[place] ?? "";
      return lines.has(line) ? line : masked;
    });
  }

  wonder(places: Iterable<number>): void {
    for (const place of places)
      for (const [token] of (this.#masked[place] ?? "").matchAll(TOKEN))
        if (token.length >= SHORTEST_TOKEN) this.#tokens.set(token, false);
  }

  /** Looks through the calls for identifiers and native names that were printed, and masks them too. */
  *findOwn(notesOf: (service: string) => ValueNotes): Generator<void, void> {
    if (this.#tokens.size === 0) return;
    const calls = this.recording.ordinals("call");
    for (let i = 0; i < calls.length; i++) {
      const { service, output, error } = this.recording.callAt(calls.at(i));
      const note = (text: string): void => void (this.#tokens.has(text) && this.#tokens.set(text, true));
      if (error?.nativeCode !== undefined) note(error.nativeCode);
      forEachForm(output, notesOf(service), note);
      if (i % BATCH === 0) yield;
    }
    this.#masked = this.#masked.map((line) => line.replace(TOKEN, (token) => (this.#tokens.get(token) ? OWN : token)));
  }
}

interface OwnWords {
  readonly pattern: RegExp;
  /** In lower case, and what each stands for. */
  readonly meanings: ReadonlyMap<string, string>;
}

/** What a cloud, its account and its services are called, and the common word for each of its nouns. */
function ownWords(cloud: CloudName, { accounts, services }: Catalogue): OwnWords {
  const account = accounts.find((it) => it.provider === cloud);
  const own = services.filter((it) => it.provider === cloud);
  const names = [
    cloud,
    ...(account === undefined ? [] : [account.region, account.accountId]),
    ...own.map((it) => it.native),
  ];
  const kinds = nounKinds(services);
  const nouns = own.flatMap((it) =>
    Object.entries(it.nouns).map(([common, native]): [string, string] => [native, kinds.get(common) ?? common]),
  );
  const meanings = new Map(
    [...kinds, ...nouns, ...names.map((name): [string, string] => [name, OWN])].map(([name, it]) => [
      name.toLowerCase(),
      it,
    ]),
  );
  const escaped = [...meanings.keys()]
    .sort((a, b) => b.length - a.length)
    .map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?=s?(?![\\p{L}\\p{N}]))`, "giu"),
    meanings,
  };
}

/**
 * Common nouns, and the one that stands for each. Nouns that some cloud has one word for are the same here: who reads "container" cannot tell whether Azure means a bucket
 * or a table, and a line that says one thing on every cloud must not count as differing for it.
 */
function nounKinds(services: Catalogue["services"]): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>();
  const firstUses = new Map<string, string>();
  for (const { provider, nouns } of services)
    for (const [common, native] of Object.entries(nouns)) {
      const use = `${provider} ${native.toLowerCase()}`;
      const first = firstUses.get(use) ?? common;
      const kind = kinds.get(first) ?? first;
      const joined = kinds.get(common) ?? common;
      for (const [noun, it] of kinds) if (it === joined) kinds.set(noun, kind);
      kinds.set(common, kind);
      firstUses.set(use, first);
    }
  return kinds;
}

function forEachForm(value: unknown, notes: ValueNotes, take: (text: string) => void): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || value instanceof Date) return;
  if (Array.isArray(value)) return value.forEach((item) => forEachForm(item, notes, take));
  for (const [name, item] of Object.entries(value)) {
    const note = noteOf(notes, name);
    if (typeof item === "string" && note?.form) take(item);
    else if (note === undefined) forEachForm(item, notes, take);
  }
}

/** Consoles side by side, and which rows are not the same in all lanes. */
export interface ConsoleRows {
  readonly rows: Rows;
  readonly differing: readonly number[];
}

export function* compareConsoles(
  lanes: readonly ConsoleLane[],
  notesOf: (service: string) => ValueNotes,
): Generator<void, ConsoleRows> {
  const [, ...others] = lanes.map((lane) => new Set(lane.lines));
  const common = new Set(lanes[0]?.lines.filter((line) => others.every((lines) => lines.has(line))));
  for (const lane of lanes) lane.keep(common);
  const first = yield* alignLines(lanes);
  if (first.differing.length === 0) return first;
  for (const [i, lane] of lanes.entries()) {
    lane.wonder(first.differing.map((row) => first.rows[i]?.[row] ?? -1));
    yield* lane.findOwn(notesOf);
  }
  return yield* alignLines(lanes);
}

function* alignLines(lanes: readonly ConsoleLane[]): Generator<void, ConsoleRows> {
  const words = new Words();
  const numbered = lanes.map(({ masked }) => Int32Array.from(masked, (line) => words.numberOf(line)));
  // A line that says something else is another line, but at the same place.
  const rows = yield* align(numbered.map((exact) => ({ exact, rough: new Int32Array(exact.length) })));
  const differing: number[] = [];
  for (let row = 0; row < (rows[0]?.length ?? 0); row++) {
    const kinds = new Set(numbered.map((exact, lane) => exact[rows[lane]?.[row] ?? -1]));
    if (kinds.size > 1) differing.push(row);
  }
  return { rows, differing };
}
