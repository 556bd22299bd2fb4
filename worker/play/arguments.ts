import { parseArgs } from "node:util";
import { DEFAULT_SETTINGS, settingsProblem } from "../emulator/run/settings";
import type { RunLimits, RunSettings } from "../protocol";
import { BadArguments } from "./bad-arguments";
import { readFaults } from "./faults";

export { BadArguments } from "./bad-arguments";

export const USAGE = `Usage: npm run --silent play -- <program.ts | folder with main.ts> [options]

  --cloud aws|azure|gcp|all   the cloud that "cloud" is; default ${DEFAULT_SETTINGS.cloud}
  --seed <text>               where identifiers and chance come from; default ${DEFAULT_SETTINGS.seed}
  --start <moment>            the run's first moment, ISO 8601 in UTC; default ${DEFAULT_SETTINGS.start}
  --latency <ms>              how long every portable call takes; default ${DEFAULT_SETTINGS.latencyMs}
  --faults <list>             latency, errors, throttling and outages to meet: JSON, or a file with it, such as
                              [{"kind":"errors","amount":0.05},{"kind":"outage","fromMs":1000,"forMs":5000}];
                              a fault may also name "service", "operation", "code" and an "id" of its own
  --limit <name>=<number>     a ceiling: ${Object.keys(DEFAULT_SETTINGS.limits).join(", ")}; may be repeated
  --json                      print one JSON object with digest, console, calls, metrics and resources, and nothing else

Exit status: 0 when the program completed and all its checks passed, 1 when not, 2 when the command was not understood.
`;

export interface PlayArguments {
  readonly path: string;
  /** One run each. */
  readonly settings: readonly RunSettings[];
  /** `--cloud all`: results by cloud. */
  readonly all: boolean;
  readonly json: boolean;
}

const CLOUDS = ["aws", "azure", "gcp"] as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        cloud: { type: "string", default: DEFAULT_SETTINGS.cloud },
        seed: { type: "string", default: DEFAULT_SETTINGS.seed },
        start: { type: "string", default: DEFAULT_SETTINGS.start },
        latency: { type: "string", default: String(DEFAULT_SETTINGS.latencyMs) },
        faults: { type: "string" },
        limit: { type: "string", multiple: true, default: [] },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error));
  }
}

/** What a command line asks for; throws {@link BadArguments}. */
export function readArguments(args: readonly string[]): PlayArguments {
  const { values, positionals } = parse(args);
  const [path, ...more] = positionals;
  if (path === undefined) throw new BadArguments("Which program? Name a file, or a folder with a main.ts.");
  if (more.length > 0) throw new BadArguments(`One program at a time, not also ${more.join(" ")}.`);
  const all = values.cloud === "all";
  const shared = {
    seed: values.seed,
    start: momentOf(values.start),
    latencyMs: values.latency.trim() === "" ? NaN : Number(values.latency),
    faults: values.faults === undefined ? [] : readFaults(values.faults),
    limits: limitsOf(values.limit),
  };
  const settings = (all ? CLOUDS : [values.cloud]).map((cloud): RunSettings => {
    const candidate = { cloud, ...shared };
    const problem = settingsProblem(candidate);
    if (problem !== undefined) throw new BadArguments(`These settings cannot be: ${problem}.`);
    return candidate as RunSettings;
  });
  return { path, settings, all, json: values.json };
}

/** `2026-01-01` and `2026-01-01T12:00` are moments too, in UTC. What is none stays as it is, for the check of the settings to refuse. */
function momentOf(text: string): string {
  const zoned = /^\d{4}-\d\d-\d\d$|(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`;
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/i.test(zoned);
  const moment = isIso ? Date.parse(zoned) : NaN;
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

function limitsOf(texts: readonly string[]): RunLimits {
  const limits: Record<string, number> = { ...DEFAULT_SETTINGS.limits };
  for (const text of texts) {
    const [name = "", value = "", ...more] = text.split("=");
    if (!(name in limits) || !/^\d+$/.test(value) || more.length > 0) {
      const names = Object.keys(limits).join(", ");
      throw new BadArguments(`--limit ${text}: expected <name>=<whole number>, the name one of ${names}.`);
    }
    limits[name] = Number(value);
  }
  return limits as unknown as RunLimits;
}
