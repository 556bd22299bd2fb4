/** The page's side of a snapshot: what it does with what a run left, and with what it takes from the vault. */
import { wrap } from "comlink";
import { packSender } from "../../../src/app/pack-sender";
import { applyDelta } from "../../../worker/emulator/run/apply-delta";
import type { CloudSnapshot, SnapshotInfo, VaultWorker } from "../../../worker/protocol";
import type { Answer, Question, Times } from "./messages";

const vault = wrap<VaultWorker>(new Worker("vault.js"));
const packs = packSender(async (info, snapshot) => vault.saveSnapshot(info, snapshot));

const cloud = new Worker("cloud.js");
const answers: ((answer: Answer) => void)[] = [];
const next = (): Promise<Answer> => new Promise((resolve) => answers.push(resolve));
cloud.onmessage = ({ data }: MessageEvent<Answer>) => answers.shift()?.(data);
const ready = next();

async function ask(question: Question): Promise<Answer> {
  await ready;
  const answer = next();
  cloud.postMessage(question);
  const told = await answer;
  if ("problem" in told) throw new Error(told.problem);
  return told;
}

let base: CloudSnapshot | undefined;

/** From the end of a run until its cloud is in the vault. */
async function save(id: string): Promise<Times> {
  // The connection is open long before on a page.
  await vault.listSnapshots();
  const started = performance.now();
  const left = await ask({ type: "leave" });
  if (!("delta" in left)) throw new Error("nothing was left");
  const snapshot = applyDelta(base, left.delta, () => crypto.getRandomValues(new Uint32Array(4)).join("-"));
  const { at, engineVersion } = snapshot;
  const info: Omit<SnapshotInfo, "bytes"> = { id, name: id, kind: "saved", savedAt: Date.now(), at, engineVersion };
  await packs.save(info, snapshot);
  return { ms: performance.now() - started, bytes: left.delta.pack?.bytes.length ?? 0 };
}

window.saveFirst = async (objects) => {
  await ask({ type: "start" });
  await ask({ type: "put", from: 0, count: objects });
  return save("first");
};

window.restore = async () => {
  await ready;
  await vault.listSnapshots();
  const started = performance.now();
  base = await vault.loadSnapshot("first");
  if (base === undefined) throw new Error("there is nothing to restore");
  packs.know(base);
  await ask({ type: "start", base });
  const answer = await ask({ type: "get", at: 7 });
  const ms = performance.now() - started;
  if (!("bytes" in answer) || answer.bytes.length !== 100) throw new Error("it is not what was saved");
  return { ms, bytes: base.packs.reduce((sum, { bytes }) => sum + bytes.length, 0) };
};

window.saveAgain = async (changes) => {
  await ask({ type: "put", from: 0, count: changes });
  return save("again");
};
