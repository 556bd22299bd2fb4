import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { RecordReader } from "../emulator/features/recording/record-reader";
import { StreamDigest } from "../emulator/features/recording/stream-digest";
import { applyDelta } from "../emulator/run/apply-delta";
import type { CloudSnapshot } from "../emulator/run/cloud-snapshot";
import type { Catalogue, CompiledProgram, GateToPage, RunEnd, RunOrder, RunSettings } from "../protocol";
import { Gate } from "../sandbox/gate/gate";
import { Pulse } from "../sandbox/gate/pulse";
import type { ThreadData } from "./program-thread";

/** A run that is over. */
export interface PlayedRun {
  readonly end: RunEnd;
  readonly catalogue: Catalogue | undefined;
  readonly reader: RecordReader;
  /** The cloud it left behind; absent when it was cut off. */
  readonly left?: CloudSnapshot;
}

export interface PlayOptions extends Pick<RunOrder, "base" | "until"> {
  /** The bundle that both sides are in; default: the one this is in. */
  readonly script?: URL;
}

/** How far the thread may be ahead of what has been read. */
const PAGES_AHEAD = 8;
/** Beyond this the thread dies, and not the machine. */
const MAX_HEAP_MB = 4096;
const RUN = 1;

/**
 * Runs a program in a thread of its own, behind the page's own gate: the same watchdog, limits and digest. `onPage` is called whenever the reader has
 * more.
 */
export async function play(
  program: CompiledProgram,
  settings: RunSettings,
  onPage: (reader: RecordReader) => void,
  { script = new URL(import.meta.url), base, until }: PlayOptions = {},
): Promise<PlayedRun> {
  // The page's policy refuses eval; threads made from here on do so too.
  setFlagsFromString("--disallow-code-generation-from-strings");
  const folder = mkdtempSync(join(tmpdir(), "tabcloud-play-"));
  const workerData: ThreadData = { folder };
  const thread = new Worker(script, {
    workerData,
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  try {
    return await converse(thread, { program, settings, base, until }, onPage);
  } finally {
    await thread.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
}

function converse(thread: Worker, order: RunOrder, onPage: (reader: RecordReader) => void): Promise<PlayedRun> {
  const reader = new RecordReader();
  const now = (): number => performance.now();
  return new Promise((resolve) => {
    let catalogue: Catalogue | undefined;
    let end: RunEnd | undefined;
    let left: CloudSnapshot | undefined;
    const receive = (message: GateToPage): void => {
      if (message.type === "started") catalogue = message.catalogue;
      if (message.type === "page") {
        reader.addPage(message.page);
        onPage(reader);
        gate.fromPage({ type: "credit", run: RUN, pages: 1 }, now());
      }
      if (message.type === "ended") end = message.end;
      if (message.type === "left") left = applyDelta(order.base, message.delta, randomUUID);
    };
    const gate = new Gate({
      toPage: receive,
      toProgram: (message) => thread.postMessage(message),
      // One run, one thread: it ends with the run, when all has been said.
      renewProgram: () => {
        clearInterval(ticking);
        void thread.terminate();
        if (end) resolve({ end, catalogue, reader, ...(left && { left }) });
      },
      newDigest: () => new StreamDigest(),
    });
    const ticking = setInterval(() => gate.tick(now()), Pulse.tickMs);
    thread.on("message", (data: unknown) => gate.fromProgram(data, now()));
    thread.on("error", (error) => gate.programFailed(error.message, now()));
    thread.on("exit", () => gate.programFailed("it ended", now()));
    gate.fromPage({ type: "run", run: RUN, ...order }, now());
    gate.fromPage({ type: "credit", run: RUN, pages: PAGES_AHEAD }, now());
  });
}
