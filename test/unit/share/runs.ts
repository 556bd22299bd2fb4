import fc from "fast-check";
import { FAULT_KINDS, WHOLE_RUN_MS } from "../../../worker/emulator/run/faults";
import { DEFAULT_LIMITS, DEFAULT_SETTINGS, MAX_LIMITS } from "../../../worker/emulator/run/settings";
import type { SharedRun } from "../../../src/share/shared-run";

/** A run as a person shares it. */
export const RUN: SharedRun = {
  files: { "main.ts": 'import { cloud } from "tabcloud";\nconsole.log(cloud.name, "☁");\n', "lib/util.ts": "" },
  settings: { ...DEFAULT_SETTINGS, cloud: "gcp", seed: "seed ☁" },
  engineVersion: "0.1.0",
  digest: "b7e23ec29af22b0b4e41da31e868d57226121c84",
  trace: "AQAAAAM",
};

const letter = fc.constantFrom(..."abcxyzABC019_");
const segment = fc.string({ unit: letter, minLength: 1, maxLength: 12 });
const fileName = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom("ts", "js", "json"))
  .map(([segments, ending]) => `${segments.join("/")}.${ending}`);
/** Any text: code points beyond the first plane and surrogates without a partner included. */
const source = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
);
const limits = fc.record(
  Object.fromEntries(
    Object.entries<number>({ ...MAX_LIMITS }).map(([name, max]) => [name, fc.integer({ min: 1, max })]),
  ),
  { requiredKeys: [] },
);

const amount = {
  latency: fc.integer({ min: 0, max: 3_600_000 }),
  errors: fc.double({ min: 0, max: 1, noNaN: true }).map((it) => it + 0),
  throttle: fc.integer({ min: 1, max: 100_000 }),
  outage: fc.constant(0),
};

const faultRules = fc.uniqueArray(
  fc.constantFrom(...FAULT_KINDS).chain((kind) =>
    fc.record({
      id: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
      kind: fc.constant(kind),
      service: fc.constantFrom("*", "storage"),
      operation: fc.constantFrom("*", "putObject"),
      fromMs: fc.integer({ min: 0, max: WHOLE_RUN_MS }),
      forMs: fc.integer({ min: 1, max: WHOLE_RUN_MS }),
      amount: amount[kind],
    }),
  ),
  { selector: (rule) => rule.id, maxLength: 5 },
);

/** Everything that can be shared. */
export const sharedRun: fc.Arbitrary<SharedRun> = fc
  .record({
    files: fc.dictionary(fileName, source, { maxKeys: 6, noNullPrototype: true }),
    main: source,
    cloud: fc.constantFrom("aws" as const, "azure" as const, "gcp" as const),
    seed: fc.string({ minLength: 1, maxLength: 200, unit: "binary" }).filter((it) => it.length <= 200),
    start: fc
      .date({ min: new Date(0), max: new Date("8999-12-31T23:59:59.999Z"), noInvalidDate: true })
      .map((it) => it.toISOString()),
    latencyMs: fc.integer({ min: 0, max: 3_600_000 }),
    faults: faultRules,
    limits,
    engineVersion: fc.constantFrom("0.1.0", "12.0.3-beta.1"),
    digest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: undefined }),
    trace: fc.option(fc.stringMatching(/^[\w-]{1,140}$/), { nil: undefined }),
  })
  .map(({ files, main, cloud, seed, start, latencyMs, faults, limits, engineVersion, digest, trace }) => ({
    files: { ...files, "main.ts": main },
    settings: { cloud, seed, start, latencyMs, faults, limits: { ...DEFAULT_LIMITS, ...limits } },
    engineVersion,
    ...(digest !== undefined && { digest }),
    ...(trace !== undefined && { trace }),
  }));
