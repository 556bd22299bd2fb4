import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { DEFAULT_LIMITS, settingsProblem } from "../../worker/emulator/run/settings";
import type { ProgramFiles, RunLimits, RunSettings } from "../../worker/protocol";

/** What a link or a file carries: everything a run depends on, and what came out when it was shared. */
export interface SharedRun {
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  /** Version of the emulator that the digest is from. */
  readonly engineVersion: string;
  /** Digest of the sharer's run; absent when it was shared without having been run. */
  readonly digest?: string;
  /** Fingerprints along the sharer's calls, base64url; see `trace.ts`. */
  readonly trace?: string;
  /** To be run on all clouds, side by side; digest and trace are of the settings' one. */
  readonly lanes?: true;
  /** The cloud that the run starts from; absent: the empty one. Its settings' `start` may lie before that cloud's `at`; the run then starts there. */
  readonly base?: CloudSnapshot;
}

export type SharedResult = { readonly run: SharedRun } | { readonly problem: string };

export const MAX_FILES = 50;
/** Of all files together, in UTF-16 units. */
export const MAX_SOURCE_LENGTH = 1_000_000;
const MAX_NAME_LENGTH = 200;
const FILE_NAME = /^[\w][\w.-]*(\/[\w][\w.-]*)*\.(ts|js|json)$/;
/** These are shown to the reader, and a stranger wrote them: no spaces to make sentences with. */
const VERSION = /^[\w.+-]{1,40}$/;
const DIGEST = /^[\w-]{1,128}$/;
const TRACE = /^[\w-]{1,400}$/;

/** What is wrong with a file's name in a program, or undefined. */
export function fileNameProblem(name: string): string | undefined {
  if (name.length <= MAX_NAME_LENGTH && FILE_NAME.test(name)) return undefined;
  return `"${name.slice(0, 60)}" is no name for a file: use letters, digits, "_", "-", "." and "/", and end in .ts, .js or .json`;
}

/** The plain object that is packed, all but the base; limits only where they are not the default, so that most links carry none. */
export function toPayload(run: SharedRun): Record<string, unknown> {
  const { limits, faults, ...settings } = run.settings;
  const raised = Object.entries(limits).filter(([name, value]) => value !== DEFAULT_LIMITS[name as keyof RunLimits]);
  return {
    files: run.files,
    ...settings,
    ...(faults.length > 0 && { faults }),
    ...(raised.length > 0 && { limits: Object.fromEntries(raised) }),
    engine: run.engineVersion,
    ...(run.digest !== undefined && { digest: run.digest }),
    ...(run.trace !== undefined && { trace: run.trace }),
    ...(run.lanes && { lanes: true }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const matches = (value: unknown, pattern: RegExp): value is string => typeof value === "string" && pattern.test(value);

/** Checks what was unpacked, field by field: it came from a stranger. */
export function fromPayload(payload: unknown): SharedResult {
  if (!isRecord(payload)) return { problem: "it does not hold a program" };
  const { files, cloud, seed, start, latencyMs, faults = [], limits, engine, digest, trace, lanes } = payload;
  const filesProblem = programProblem(files);
  if (filesProblem !== undefined) return { problem: filesProblem };
  if (limits !== undefined && !isRecord(limits)) return { problem: "limits must be an object" };
  const unknownLimit = Object.keys(limits ?? {}).find((name) => !Object.hasOwn(DEFAULT_LIMITS, name));
  if (unknownLimit !== undefined) return { problem: `there is no limit "${unknownLimit.slice(0, 40)}"` };
  const settings = { cloud, seed, start, latencyMs, faults, limits: { ...DEFAULT_LIMITS, ...limits } };
  const problem = settingsProblem(settings);
  if (problem !== undefined) return { problem };
  if (!matches(engine, VERSION)) return { problem: "the engine's version is missing" };
  if (digest !== undefined && !matches(digest, DIGEST)) return { problem: "its digest is none" };
  if (trace !== undefined && !matches(trace, TRACE)) return { problem: "its trace is none" };
  if (lanes !== undefined && lanes !== true) return { problem: "lanes must be true, or absent" };
  return {
    run: {
      files: files as ProgramFiles,
      settings: settings as RunSettings,
      engineVersion: engine,
      ...(digest !== undefined && { digest }),
      ...(trace !== undefined && { trace }),
      ...(lanes && { lanes }),
    },
  };
}

function programProblem(files: unknown): string | undefined {
  if (!isRecord(files)) return "it holds no files";
  const names = Object.keys(files);
  if (names.length === 0 || names.length > MAX_FILES) return `a program has 1 to ${MAX_FILES} files`;
  let length = 0;
  for (const name of names) {
    const nameProblem = fileNameProblem(name);
    if (nameProblem !== undefined) return nameProblem;
    const text = files[name];
    if (typeof text !== "string") return `"${name}" is not a text`;
    length += text.length;
  }
  if (length > MAX_SOURCE_LENGTH)
    return `its files are longer than ${MAX_SOURCE_LENGTH.toLocaleString("en-US")} characters together`;
  if (!Object.hasOwn(files, "main.ts")) return 'it has no "main.ts"';
  return undefined;
}
