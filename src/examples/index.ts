import { type FaultRule, faultsProblem } from "../../worker/emulator/run/faults";
import type { ProgramFiles } from "../../worker/protocol";
import { fileNameProblem } from "../share/shared-run";
import helloCloud from "./hello-cloud";

/** An example as the list of examples shows it. */
export interface ExampleInfo {
  /** Its folder below `examples/`. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Examples of one category stand together. */
  readonly category: string;
  /** What its runs meet unless the reader changes that; default none. */
  readonly faults?: readonly FaultRule[];
}

export interface Example extends ExampleInfo {
  readonly files: ProgramFiles;
}

/** What the page shows first, there without a request. */
export const HELLO_CLOUD: ProgramFiles = helloCloud.files;

interface Listed extends ExampleInfo {
  readonly files: readonly string[];
}

/** All examples, in the order they are meant to be read. Rejects with a message for the reader when they cannot be loaded. */
export async function listExamples(): Promise<readonly ExampleInfo[]> {
  return list();
}

/** An example with its files. Rejects as {@link listExamples} does, or when there is none of this name. */
export async function loadExample(id: string): Promise<Example> {
  if (id === helloCloud.id) return helloCloud;
  const info = (await list()).find((it) => it.id === id);
  if (info === undefined) throw new Error(`There is no example "${id.slice(0, 60)}".`);
  const texts = await Promise.all(info.files.map(async (name) => (await load(`${id}/${name}`)).text()));
  return { ...info, files: Object.fromEntries(info.files.map((name, i) => [name, texts[i] as string])) };
}

let fetched: Promise<readonly Listed[]> | undefined;

function list(): Promise<readonly Listed[]> {
  return (fetched ??= fetchList().catch((error: unknown) => {
    fetched = undefined; // the next attempt asks again
    throw error;
  }));
}

async function fetchList(): Promise<readonly Listed[]> {
  return readList(await (await load("index.json")).json());
}

/** Below the page, wherever it is served from. */
async function load(path: string): Promise<Response> {
  const url = new URL(`examples/${path}`, document.baseURI);
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true)
    throw new Error(`The examples could not be loaded (${url.pathname}). Check the connection, then try again.`);
  return response;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Checks the list field by field: the site's files may be older or newer than its code. */
export function readList(list: unknown): readonly Listed[] {
  if (!Array.isArray(list)) throw new Error("The list of examples is not a list.");
  return list.map((entry: unknown, i) => {
    if (!isListed(entry)) throw new Error(`The list of examples is damaged at entry ${i + 1}.`);
    return entry;
  });
}

function isListed(entry: unknown): entry is Listed {
  if (typeof entry !== "object" || entry === null) return false;
  const { id, title, summary, category, files, faults } = entry as Partial<Record<keyof Listed, unknown>>;
  if (faults !== undefined && faultsProblem(faults) !== undefined) return false;
  if (!isText(id) || !ID.test(id) || !isText(title) || !isText(summary) || !isText(category)) return false;
  return (
    Array.isArray(files) &&
    files.includes("main.ts") &&
    files.every((it) => isText(it) && fileNameProblem(it) === undefined)
  );
}
