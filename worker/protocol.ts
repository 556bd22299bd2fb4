/**
 * Every message between the page, the sandbox frame, the gate worker and the program worker, and the surfaces of the two trusted workers (compiler,
 * vault), which are spoken to through comlink. Nothing else crosses.
 *
 * ```
 * page -- frame (opaque origin; boots, then idle)
 *           +- gate worker (our code: credits, byte limits, watchdog)
 *                +- program worker (emulator + virtual time + the program; new for every run)
 * ```
 */
import type { CloudName } from "./emulator/core/error-codes";
import type { ResourceKind } from "./emulator/core/service/resources";
import type { RecordPage } from "./emulator/features/recording/record-page";
import type { CloudSnapshot, NodePack, SnapshotDelta } from "./emulator/run/cloud-snapshot";
import type { FaultRule } from "./emulator/run/faults";

export type { CloudSnapshot, NodePack };

// ---- what a run is ---------------------------------------------------------------------------------------------------------------------

/** A program's files by name (`main.ts`, `lib/util.ts`); `main.ts` is run. */
export type ProgramFiles = Readonly<Record<string, string>>;

/** Ceilings of one run. Reaching one ends the run with a message that says which, and how to raise it. */
export interface RunLimits {
  /** Real milliseconds from start to end; default 30,000. */
  readonly wallMs: number;
  /** Virtual milliseconds that the run's clock may move; default ten years. */
  readonly virtualMs: number;
  /** Timers that may fire; default 100,000. */
  readonly timers: number;
  /** Calls to the emulator; default 250,000. */
  readonly calls: number;
  /** Console lines; default 10,000. */
  readonly consoleLines: number;
  /** Bytes of all records together; default 256 MiB. */
  readonly recordedBytes: number;
}

/** With the files and the base snapshot, everything a run depends on: same settings, same digest. */
export interface RunSettings {
  readonly cloud: CloudName;
  readonly seed: string;
  /** The run's starting moment, ISO 8601 in UTC. */
  readonly start: string;
  /** Milliseconds every portable call takes; default 0. */
  readonly latencyMs: number;
  /** Latency, errors, throttling and outages that the run meets, in the order in which they act; default none. */
  readonly faults: readonly FaultRule[];
  readonly limits: RunLimits;
}

/** A module whose specifiers were resolved on the trusted side; the sandbox joins the parts, since only it can mint URLs. */
export interface CompiledModule {
  /** File name with its original ending: `lib/util.ts`. */
  readonly name: string;
  /** JavaScript text, cut wherever the URL of another module goes (as a quoted string literal). Line numbers are the source's. */
  readonly parts: readonly ModulePart[];
}
export type ModulePart = string | { readonly module: string } | { readonly dynamic: true };

/** Modules in dependency order; `main.ts` is the entry. */
export interface CompiledProgram {
  readonly modules: readonly CompiledModule[];
  readonly entry: string;
}

/** A program that cannot start: bad syntax, an import that leads nowhere, a cycle. */
export interface CompileProblem {
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export type CompileResult = { readonly program: CompiledProgram } | { readonly problem: CompileProblem };

/** What the panels know of the services in this run; see `core/service/resources`. */
export interface Catalogue {
  readonly engineVersion: string;
  /** The run's own account on each cloud. */
  readonly accounts: readonly CatalogueAccount[];
  readonly services: readonly CatalogueService[];
}
export interface CatalogueAccount {
  readonly provider: CloudName;
  readonly region: string;
  /** AWS account, Azure subscription or GCP project. */
  readonly accountId: string;
}
export interface CatalogueService {
  readonly provider: CloudName;
  readonly service: string;
  /** `S3`, `Blob Storage`, `Cloud Storage`. */
  readonly native: string;
  readonly nouns: Readonly<Record<string, string>>;
  readonly operations: readonly string[];
  readonly resources: readonly ResourceKind[];
}

/** Where a failure happened in the program, and what it said. Stacks are for people: no digest contains them. */
export interface ProgramError {
  readonly name: string;
  readonly message: string;
  /** Portable and native code when it was a CloudError. */
  readonly code?: string;
  readonly nativeCode?: string;
  /** Frames inside the program's own files, innermost first. */
  readonly frames: readonly StackFrame[];
}
export interface StackFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function?: string;
}

/** How a run ended. */
export interface RunEnd {
  /**
   * - `completed`: every module ran and nothing is left to wait for;
   * - `failed`: the program threw, or a promise rejection went unhandled;
   * - `stuck`: the program waits for something that never happens;
   * - `limit`: a ceiling was reached;
   * - `paused`: the call was reached up to which it was to run;
   * - `stopped`: a person pressed Stop;
   * - `hung`: the program did not answer (an endless loop);
   * - `crashed`: the worker died.
   */
  readonly reason: "completed" | "failed" | "stuck" | "limit" | "paused" | "stopped" | "hung" | "crashed";
  /** One or two sentences for the reader: what happened and what to do. When completed: what is still to be delivered, empty when nothing is. */
  readonly message: string;
  readonly error?: ProgramError;
  /** Hash of the canonical recording; absent when the end depends on real time (`stopped`, `hung`, `crashed`, wall-clock limit). */
  readonly digest?: string;
  readonly records: number;
  readonly calls: number;
  /** How far the run's clock moved. */
  readonly virtualMs: number;
  /** Real time, for the reader only. */
  readonly wallMs: number;
}

// ---- page <-> frame ----------------------------------------------------------------------------------------------------------------------

/** The page hands the frame its code and the page's end of the line to the gate. Accepted once, from the parent only. */
export interface BootMessage {
  readonly type: "boot";
  /** The gate worker's code; it holds the program worker's code as text. */
  readonly gateCode: string;
  readonly programCode: string;
}

/** The frame found its seal intact and started the gate, or refuses to go on. */
export type FrameMessage =
  { readonly type: "listening" } | { readonly type: "sealed" } | { readonly type: "broken"; readonly why: string };

/** The frame hands the gate the page's line, as the message's only port, and what it is to start for every run. */
export interface GateBootMessage {
  readonly type: "boot";
  readonly programCode: string;
}

// ---- page <-> gate -----------------------------------------------------------------------------------------------------------------------

/** What is to be run, from where, and how far. */
export interface RunOrder {
  readonly program: CompiledProgram;
  readonly settings: RunSettings;
  /** The cloud it starts from; default: the empty one. The settings' `start` is its `at`, or later. */
  readonly base?: CloudSnapshot | undefined;
  /** Ends when so many calls have been recorded. */
  readonly until?: number | undefined;
}

export type PageToGate =
  | ({ readonly type: "run"; readonly run: number } & RunOrder)
  | { readonly type: "stop"; readonly run: number }
  /** The page has taken this many pages in; the gate may send as many more. */
  | { readonly type: "credit"; readonly run: number; readonly pages: number }
  | { readonly type: "ping"; readonly id: number };

export type GateToPage =
  | { readonly type: "ready" }
  | { readonly type: "pong"; readonly id: number }
  | { readonly type: "started"; readonly run: number; readonly catalogue: Catalogue }
  | { readonly type: "page"; readonly run: number; readonly page: RecordPage }
  | { readonly type: "ended"; readonly run: number; readonly end: RunEnd }
  /** After `ended`, of runs that leave their cloud behind; not when it did not come in time, or could not be kept. */
  | { readonly type: "left"; readonly run: number; readonly delta: SnapshotDelta };

// ---- gate <-> program worker -----------------------------------------------------------------------------------------------------------------

export type GateToProgram =
  | ({ readonly type: "start" } & RunOrder)
  | { readonly type: "credit"; readonly pages: number }
  | { readonly type: "ping"; readonly id: number };

export type ProgramToGate =
  | { readonly type: "booted" }
  | { readonly type: "pong"; readonly id: number }
  | { readonly type: "started"; readonly catalogue: Catalogue }
  | { readonly type: "page"; readonly page: RecordPage }
  /** The digest is the gate's to add: it has seen every page. */
  | { readonly type: "ended"; readonly end: Omit<RunEnd, "digest" | "wallMs"> }
  /** Follows every `ended` whose reason leaves the cloud behind; without a delta when it cannot be kept. */
  | { readonly type: "left"; readonly delta?: SnapshotDelta | undefined };

// ---- trusted workers, through comlink ----------------------------------------------------------------------------------------------------

/** Turns TypeScript into modules the sandbox can load. */
export interface Compiler {
  compile(files: ProgramFiles): Promise<CompileResult>;
}

/** What a person typed and chose, kept in IndexedDB. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  /** Milliseconds since 1970, of the person's own clock. */
  readonly savedAt: number;
  /** What its runs start from; absent: the empty cloud. */
  readonly base?: DraftBase;
}

/** A cloud to start from that is not empty: where the last run ended, or a snapshot in the vault (under the name it had when it was chosen). */
export type DraftBase =
  { readonly kind: "continue" } | { readonly kind: "kept"; readonly id: string; readonly name: string };

/** An earlier state of a draft; `draft` and `savedAt` name it. */
export interface DraftVersion {
  readonly draft: string;
  readonly title: string;
  /** When the draft got this text: milliseconds since 1970, of the person's own clock. */
  readonly savedAt: number;
  /** Why it was kept: it was about to be `edited` after a pause, was `run`, or was `replaced` by an earlier version. */
  readonly why: "edited" | "run" | "replaced";
}

/** What is known of a kept snapshot without loading it. */
export interface SnapshotInfo {
  readonly id: string;
  readonly name: string;
  /** `saved` by a person under a name, or the `end` of a run, kept by itself: the last 20. */
  readonly kind: "saved" | "end";
  /** Milliseconds since 1970, of the person's own clock. */
  readonly savedAt: number;
  /** The cloud's clock, as in {@link CloudSnapshot.at}. */
  readonly at: number;
  readonly engineVersion: string;
  /** What it was made from; absent for the empty cloud, or when that one has been deleted. */
  readonly parent?: string;
  /** Of the program whose run it is the end of. */
  readonly title?: string;
  /** Of all packs it needs; packs are shared between snapshots. */
  readonly bytes: number;
  /** Clouds that something is on. */
  readonly clouds?: readonly CloudName[];
}

/** How full the vault is; both in bytes, as the browser estimates them. */
export interface VaultUsage {
  readonly used: number;
  /** Absent where the browser does not say. */
  readonly quota?: number;
}

/** What the vault's database is called. */
export const VAULT_NAME = "tabcloud";

/** Drafts, in IndexedDB. Rejects as {@link SnapshotVault} does. */
export interface Vault {
  /**
   * Keeps a draft. `since` is the `savedAt` of the state it was made from, undefined for a new one: when the vault has another state than that, and another
   * text, nothing is saved and that newer draft is answered. Now and then the text that is replaced is kept as a version.
   */
  saveDraft(draft: Draft, since?: number): Promise<Draft | undefined>;
  loadDraft(id: string): Promise<Draft | undefined>;
  /** Latest first. */
  listDrafts(): Promise<readonly Omit<Draft, "files">[]>;
  /** With its versions. */
  deleteDraft(id: string): Promise<void>;
  /** Keeps what is run as a version, unless it is the latest one, or nothing was ever kept of that draft. */
  keepVersion(draft: Draft): Promise<void>;
  /** Latest first; at most the last 50. */
  listVersions(draft: string): Promise<readonly DraftVersion[]>;
  loadVersion(draft: string, savedAt: number): Promise<Draft | undefined>;
  /**
   * Makes an earlier version the draft's text again and answers the draft, saved `now`. The text it replaces is kept as a version first. Undefined when
   * there is no such draft or version any more.
   */
  restoreVersion(draft: string, savedAt: number, now: number): Promise<Draft | undefined>;
}

/**
 * Snapshots, in IndexedDB. Rejects with an `Error` whose message is for the reader and whose `name` says what is wrong: `QuotaExceededError` (nothing was
 * changed), `BlockedError` (another tab holds an older database open), `NewerError` (this page is older than the database), `UnavailableError` (the browser
 * keeps nothing), `DamagedError`, `DataError` (what was to be kept is not what it should be), or the browser's own.
 */
export interface SnapshotVault {
  /**
   * Keeps a snapshot; packs that are there already are not written again. All or nothing. Of runs' ends it keeps the last 20, and of those at most about
   * 200 MiB that no saved snapshot needs; the oldest go first, and before the browser's limit is a failure, too. One that a draft starts from stays.
   */
  saveSnapshot(info: Omit<SnapshotInfo, "bytes">, snapshot: CloudSnapshot): Promise<SnapshotInfo>;
  loadSnapshot(id: string): Promise<CloudSnapshot | undefined>;
  /** Latest first; without deleted ones, and without those that are damaged. */
  listSnapshots(): Promise<readonly SnapshotInfo[]>;
  /** Also turns a run's end into a saved one, which then stays. */
  renameSnapshot(id: string, name: string): Promise<void>;
  /** Can be undone with `restoreDeleted` until the page that deleted it goes away or deletes something else. */
  deleteSnapshot(id: string): Promise<void>;
  restoreDeleted(id: string): Promise<void>;
  usage(): Promise<VaultUsage>;
}

/** A snapshot on its way to the vault: bytes that are there already stay behind. */
export interface SentSnapshot extends Omit<CloudSnapshot, "packs"> {
  readonly packs: readonly (Omit<NodePack, "bytes"> & { readonly bytes?: Uint8Array })[];
}

/** What the vault's worker answers to. */
export interface VaultWorker extends Vault, Omit<SnapshotVault, "saveSnapshot"> {
  /** Changes nothing and answers the packs whose bytes are needed after all, if there are any. */
  saveSnapshot(info: Omit<SnapshotInfo, "bytes">, snapshot: SentSnapshot): Promise<SnapshotInfo | MissingPacks>;
}
export interface MissingPacks {
  readonly missing: readonly string[];
}
