import type { Comparison } from "./compare";
import type { CompileProblem, RunEnd, RunSettings } from "../../worker/protocol";

/** What is known of a run that someone wants to tell others of. */
export interface IssueFacts {
  readonly title: string;
  /** Absent when the program is too long for one. */
  readonly link: string | undefined;
  readonly engineVersion: string;
  readonly settings: RunSettings;
  readonly end: RunEnd | undefined;
  readonly problem: CompileProblem | undefined;
  /** What the opened link promised, next to what came. */
  readonly comparison: Comparison | undefined;
  /** The call that the comparison points at: `storage.putObject -> OK`. */
  readonly differingCall: string | undefined;
  readonly failedChecks: readonly string[];
}

/** The report as Markdown, with a heading to complete. */
export function issueText(facts: IssueFacts): string {
  const { title, link, engineVersion, settings, end, comparison, differingCall, failedChecks } = facts;
  const rows: (readonly [string, string | undefined])[] = [
    ["Program", link === undefined ? "attached as a file (too long for a link)" : `[${plain(title)}][program]`],
    ["Ended", code(howItEnded(facts))],
    ["Cloud", settings.cloud.toUpperCase()],
    ["Seed", code(settings.seed)],
    ["Start", settings.start],
    ["Faults", settings.faults.length === 0 ? undefined : String(settings.faults.length)],
    ["Calls", end && String(end.calls)],
    ["Digest", end?.digest === undefined ? "none: the end depends on real time" : code(end.digest)],
    ["Engine", `Tabcloud ${engineVersion}`],
    ["Link's recording", comparison?.message],
    ["First differing call", differingCall && code(differingCall)],
  ];
  const table = rows.flatMap(([name, value]) => (value === undefined ? [] : [`| ${name} | ${cell(value)} |`]));
  const error = errorText(facts);
  return [
    "### What happened\n\n<!-- What did you expect instead? -->\n",
    ["| | |", "| --- | --- |", ...table].join("\n"),
    ...(error === undefined ? [] : [`\n### First error\n\n${fenced(error)}`]),
    ...(failedChecks.length === 0
      ? []
      : [`\n### Failed checks\n\n${failedChecks.map((it) => `- ${code(it)}`).join("\n")}`]),
    // At the end: it is long.
    ...(link === undefined ? [""] : [`\n[program]: ${link}\n`]),
  ].join("\n");
}

function howItEnded({ end, problem }: IssueFacts): string {
  if (problem !== undefined) return "does not compile";
  return end?.reason ?? "not run";
}

function errorText({ end, problem }: IssueFacts): string | undefined {
  if (problem !== undefined) {
    const { file, line, column, message } = problem;
    return `${[file, line, column].filter((it) => it !== undefined).join(":")}: ${message}`;
  }
  if (end?.error === undefined) return end?.message || undefined;
  const { name, message, code: portable, nativeCode, frames } = end.error;
  const codes = [portable, nativeCode].filter(Boolean).join(", ");
  const places = frames.map((it) => `    at ${it.function ? `${it.function} ` : ""}${it.file}:${it.line}:${it.column}`);
  return [`${name}: ${message}${codes === "" ? "" : ` (${codes})`}`, ...places].join("\n");
}

/** A stranger's text must not become markup. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#\n]/g, " ").trim() || "program";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** Fenced by more backticks than it holds. */
function code(text: string): string {
  const ticks = "`".repeat(1 + longestTicks(text));
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${text.replaceAll("\n", " ")}${pad}${ticks}`;
}

function fenced(text: string): string {
  const ticks = "`".repeat(Math.max(3, 1 + longestTicks(text)));
  return `${ticks}\n${text}\n${ticks}`;
}

const longestTicks = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
