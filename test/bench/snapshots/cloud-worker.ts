/** A cloud as a run has it, that does what the page asks; bundled as one classic script. */
import type * as program from "../../../worker/emulator/program";
import { openRun, type Run } from "../../../worker/emulator/run";
import { DEFAULT_LIMITS, DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import { keyOf } from "../work/keys";
import type { Answer, Question } from "./messages";

const OBJECT_BYTES = 100;
const BUCKET = "bench";

let run: Run | undefined;
let bucket: program.Bucket | undefined;

/** Bytes that do not compress, lest a disk has less to do than with a person's. */
function bytesOf(at: number): Uint8Array {
  const bytes = new Uint8Array(OBJECT_BYTES);
  let state = at + 1;
  for (let i = 0; i < OBJECT_BYTES; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

async function answer(question: Question): Promise<Answer> {
  if (question.type === "start") {
    const { base } = question;
    const start = new Date(Math.max(Date.parse(DEFAULT_SETTINGS.start), base?.at ?? 0)).toISOString();
    const settings = { ...DEFAULT_SETTINGS, start, limits: DEFAULT_LIMITS };
    run = openRun(settings, { onPage: () => undefined, onEnd: () => undefined }, base && { base });
    await run.begin();
    const { Bucket, cloud } = run.exports as unknown as typeof program;
    bucket = new Bucket(cloud);
    if (base === undefined) await bucket.createBucket(BUCKET);
    return { type: "done" };
  }
  if (run === undefined || bucket === undefined) throw new Error("not started");
  switch (question.type) {
    case "put":
      for (let i = question.from; i < question.from + question.count; i++)
        await bucket.putObject(BUCKET, keyOf(i), bytesOf(i));
      return { type: "done" };
    case "get":
      return { bytes: (await bucket.getObject(BUCKET, keyOf(question.at))).data };
    case "leave": {
      run.close({ reason: "completed" });
      const delta = run.leave();
      if (delta === undefined) throw new Error("nothing was left");
      return { delta };
    }
  }
}

function send(message: Answer): void {
  const pack = "delta" in message ? message.delta.pack : undefined;
  self.postMessage(message, { transfer: pack ? [pack.bytes.buffer] : [] });
}

self.onmessage = ({ data }: MessageEvent<Question>) =>
  void answer(data).then(send, (cause: unknown) => send({ problem: String(cause) }));
send({ type: "ready" });
