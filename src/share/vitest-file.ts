import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { ProgramFiles, RunEnd, RunSettings } from "../../worker/protocol";

/** What a test is made of. */
export interface TestedRun {
  readonly title: string;
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  readonly engineVersion: string;
  readonly end: RunEnd;
  readonly reader: RecordReader;
  /** The cloud it started from; absent: the empty one. */
  readonly base?: CloudSnapshot | undefined;
}

/** Bytes of a cloud that a test file may hold: more is nothing to keep in a repository as text. */
export const MOST_BASE_BYTES = 64 * 1024;

/** More lines than anyone reads; the digest tells of all. */
const MOST_CALLS = 200;

/** The name of the emulator's file for Node, on the site and beside the test. */
export const NODE_EMULATOR = "tabcloud-node.mjs";

/** `hello-cloud.test.ts`. */
export function testFileName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${name || "program"}.test.ts`;
}

/** A Vitest file that runs the program on the same emulator in Node, and expects what this run came to. */
export function vitestFile(run: TestedRun): string {
  const { title, files, settings, engineVersion, end, reader, base } = run;
  const calls = lines(reader, "call", (id) => {
    const { instance, service, operation } = reader.signatureAt(id);
    return `${instance} ${service}.${operation} -> ${reader.errorCodeAt(id)}`;
  });
  const checks = lines(reader, "check", (id) => {
    const { name, passed } = reader.checkAt(id);
    return `${passed ? "passed" : "failed"}: ${name}`;
  });
  const all = calls.length <= MOST_CALLS;
  const tests = [
    test(endTitle(end), endExpectations(end)),
    checks.length > 0 && test("checks what it checked", [`expect(run.checks).toEqual(${list(checks)});`]),
    test(
      all ? "makes these calls" : `makes ${calls.length} calls, of which these are the first`,
      all
        ? [`expect(run.calls).toEqual(${list(calls)});`]
        : [
            `expect(run.calls).toHaveLength(${calls.length});`,
            `expect(run.calls.slice(0, ${MOST_CALLS})).toEqual(${list(calls.slice(0, MOST_CALLS))});`,
          ],
    ),
    end.digest !== undefined &&
      test("records the same, byte for byte", [`expect(run.digest).toBe(${JSON.stringify(end.digest)});`]),
  ];
  return `// Exported from Tabcloud ${engineVersion}. Beside this file belongs ${NODE_EMULATOR}; then:
//
//   npm i -D vitest && npx vitest run

import { beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "./${NODE_EMULATOR}";

const files = {
${Object.entries(files)
  .map(([name, text]) => `  ${JSON.stringify(name)}: ${template(text)},\n`)
  .join("")}};

const settings = ${JSON.stringify(settings, null, 2)};
${base === undefined ? "" : `\n// The cloud that the program starts from.\nconst base = ${JSON.stringify(asText(base))};\n`}
describe(${JSON.stringify(`${title} on ${settings.cloud.toUpperCase()}`)}, () => {
  let run: Awaited<ReturnType<typeof runProgram>>;

  beforeAll(async () => {
    run = await runProgram({ files, settings${base === undefined ? "" : ", base"} });
  }, ${settings.limits.wallMs + 30_000});

${tests.filter((it) => it !== false).join("\n")}});
`;
}

/** As `runProgram` takes it: JSON has no bytes. */
const asText = ({ packs, ...snapshot }: CloudSnapshot) => ({
  ...snapshot,
  packs: packs.map((pack) => ({ ...pack, bytes: base64(pack.bytes) })),
});

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const test = (title: string, expectations: readonly string[]): string =>
  `  it(${JSON.stringify(title)}, () => {\n${expectations.map((it) => `    ${indent(it, "    ")}\n`).join("")}  });\n`;

const endTitle = ({ reason, error }: RunEnd): string =>
  reason === "completed" ? "completes" : error === undefined ? `ends as ${reason}` : `fails with ${error.name}`;

function endExpectations({ reason, message, error }: RunEnd): string[] {
  if (reason === "completed") {
    return [`expect(run.error?.message).toBeUndefined();`, `expect(run.reason).toBe("completed");`];
  }
  const expected = error && {
    name: error.name,
    message: error.message,
    ...(error.code !== undefined && { code: error.code }),
  };
  return [
    `expect(run.reason).toBe(${JSON.stringify(reason)});`,
    ...(expected ? [`expect(run.error).toEqual(${JSON.stringify(expected, null, 2)});`] : []),
    ...(expected || message === "" ? [] : [`expect(run.message).toBe(${JSON.stringify(message)});`]),
  ];
}

function lines(reader: RecordReader, kind: "call" | "check", line: (id: number) => string): string[] {
  const ids = reader.ordinals(kind);
  return Array.from({ length: ids.length }, (_, i) => line(ids.at(i)));
}

const list = (items: readonly string[]): string =>
  items.length === 0 ? "[]" : `[\n${items.map((it) => `  ${JSON.stringify(it)},\n`).join("")}]`;

const indent = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

/** A text as a template literal, which stays readable. Of line ends it keeps only "\n" as it is. */
const template = (text: string): string => `\`${text.replaceAll(/[\\`]|\$(?=\{)/g, "\\$&").replaceAll("\r", "\\r")}\``;
