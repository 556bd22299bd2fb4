import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import type { Hop } from "../../../worker/emulator/core/flow/contract";
import { Call, type Door } from "../../../worker/emulator/core/service/call";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { Catalogue } from "../../../worker/protocol";
import { figuresOf } from "../../../src/panels/timeline/flows/figures";
import { FlowIndex } from "../../../src/panels/timeline/flows/flow-index";
import { FlowLines } from "../../../src/panels/timeline/flows/flow-lines";
import { flowRows, LISTED, type FlowRow } from "../../../src/panels/timeline/flows/flow-rows";
import { isDeadLetter } from "../../../src/panels/timeline/flows/letters";
import { comesOf, ledTo } from "../../../src/panels/timeline/flows/links";
import { endNotes, outcomeOfRow, rowText } from "../../../src/panels/timeline/flows/text";
import { shortInput, shortName } from "../../../src/ui/names";
import { treeOf, type Step } from "../../../src/panels/timeline/flows/tree";
import { START } from "./recordings";

interface Made {
  readonly at?: number;
  readonly ms?: number;
  readonly cause?: number;
  readonly flow?: number;
  readonly door?: Door;
  readonly fails?: boolean;
  /** What it answers, where that says that it failed. */
  readonly output?: unknown;
  /** `source>target`, and which attempt. */
  readonly way?: string;
  readonly attempt?: number;
  readonly depth?: number;
}

const CATALOGUE = {
  engineVersion: "",
  accounts: [],
  services: [
    {
      provider: "aws",
      service: "storage",
      resources: [{ kind: "worker", store: "workers", address: { paths: [], failure: "wentWrong" } }],
    },
  ],
} as unknown as Catalogue;

/** Records by hand: the calls of a run in the order in which they end. */
class Flows {
  readonly reader = new RecordReader();
  readonly #log = new RecordLog({ onPage: (page) => this.reader.addPage(page) });
  readonly #site = { provider: "aws", instance: "aws", service: "storage" } as const;

  /** The record of the call. */
  add(operation: string, made: Made = {}): number {
    const { at = 0, ms = 0, cause = 0, flow = 0, way, attempt = 1, depth = 1 } = made;
    const door = made.door ?? (way === undefined ? "portable" : "delivery");
    const call = new Call(this.#site, operation, { params: [], kind: "write" }, [{}], door, START + at);
    call.durationMs = ms;
    call.causeId = cause;
    call.flowId = flow;
    call.output = made.output;
    if (way !== undefined) {
      const [source = "", target = ""] = way.split(">");
      call.hop = { source, target, via: "rule", attempt, depth } satisfies Hop;
    }
    if (made.fails === true) {
      call.error = new CloudError("Unavailable", "Not now.", { provider: "aws", nativeCode: "X" });
      call.code = "Unavailable";
    }
    this.#log.appendCall(call);
    return call.recordId;
  }

  index(): FlowIndex {
    this.#log.seal();
    const index = new FlowIndex(this.reader, () => CATALOGUE);
    while (!index.follow(() => false));
    return index;
  }
}

/** A tree as text: `put(send(2x invoke, bury))`. */
function drawn(index: FlowIndex, steps: readonly Step[]): string {
  return steps
    .map((step) => {
      const calls = step.type === "call" ? [step] : step.tries;
      const { operation } = index.recording.signatureAt(index.columns.ids[calls[0]?.place ?? 0] as number);
      const below = drawn(
        index,
        calls.flatMap((it) => it.steps),
      );
      return `${calls.length > 1 ? `${String(calls.length)}x ` : ""}${operation}${below === "" ? "" : `(${below})`}`;
    })
    .join(", ");
}

const only = (index: FlowIndex) => {
  expect(index.flows).toHaveLength(1);
  return index.flows[0] as (typeof index.flows)[number];
};

/** put -> queue -> function that fails three times -> dead letters, the way a queue's mapping records it. */
function poison(): { flows: Flows; ids: Record<string, number> } {
  const flows = new Flows();
  flows.add("createBucket");
  const put = flows.add("putObject", { ms: 20 });
  const send = flows.add("send", { at: 20, cause: put, flow: put, way: "photos>jobs" });
  const tries: number[] = [];
  const takes: number[] = [];
  for (const attempt of [1, 2, 3]) {
    const at = 20 + (attempt - 1) * 30_000;
    const take = flows.add("take", { at, cause: send, flow: put, door: "delivery" });
    const bad = { output: { wentWrong: "Unhandled" } };
    takes.push(take);
    tries.push(flows.add("invoke", { at, ms: 5, cause: take, flow: put, way: "jobs>work", attempt, depth: 2, ...bad }));
  }
  const last = flows.add("take", { at: 90_020, cause: send, flow: put, door: "delivery" });
  const bury = flows.add("bury", { at: 90_020, cause: last, flow: put, way: "jobs>dead", depth: 2 });
  return { flows, ids: { put, send, bury, take: takes[1] ?? 0, first: tries[0] ?? 0, second: tries[1] ?? 0 } };
}

describe("the tree of a flow", () => {
  it("has attempts of one delivery together, and leaves out what services do in between", () => {
    const { flows } = poison();
    const index = flows.index();
    const flow = only(index);
    expect(drawn(index, treeOf(index, flow, false))).toBe("putObject(send(3x invoke, bury))");
    expect(drawn(index, treeOf(index, flow, true))).toBe(
      "putObject(send(take(invoke), take(invoke), take(invoke), take(bury)))",
    );
    index.carries = index.routes.map(({ target }) => (target === "dead" ? "deadLetters" : "events"));
    expect(figuresOf(index, flow)).toEqual({
      ...{ beginMs: START, endMs: START + 90_020, hops: 5, retries: 2, failed: 3, deadLetters: 1, depth: 2 },
    });
  });

  it("keeps deliveries apart that are tried again side by side", () => {
    const flows = new Flows();
    const put = flows.add("publish");
    const hop = (at: number, attempt: number, fails: boolean): number =>
      flows.add("invoke", { at, cause: put, flow: put, way: "news>work", attempt, fails });
    hop(0, 1, true);
    hop(0, 1, false);
    hop(0, 1, true);
    hop(10, 2, true);
    hop(10, 2, false);
    hop(30, 3, false);
    const index = flows.index();
    const [root] = treeOf(index, only(index), false);
    const attempts = (root?.steps ?? []).map((step) =>
      step.type === "call" ? [step.place] : step.tries.map(({ place }) => place),
    );
    expect(attempts).toEqual([[1, 4, 6], [2], [3, 5]]);
  });

  it("puts what a function does under the call that runs it, which is recorded later", () => {
    const flows = new Flows();
    const send = flows.add("send");
    const take = flows.add("take", { at: 10, cause: send, flow: send, door: "delivery" });
    const copy = flows.add("copy", { at: 30, ms: 10, cause: take, flow: send });
    flows.add("tell", { at: 40, cause: copy, flow: send, way: "copies>news", depth: 3 });
    flows.add("invoke", { at: 10, ms: 50, cause: take, flow: send, way: "jobs>work", depth: 2 });
    const index = flows.index();
    const flow = only(index);
    expect(drawn(index, treeOf(index, flow, false))).toBe("send(invoke(copy(tell)))");
    expect(comesOf(index, 2)).toEqual({ cause: 4 });
    expect(ledTo(index, flow, 4)).toEqual([2]);
  });

  it("does so too when the program itself called the function", () => {
    const flows = new Flows();
    const copy = flows.add("copy", { at: 30, ms: 10 });
    flows.add("read", { at: 40, ms: 10, flow: copy });
    flows.add("invoke", { at: 10, ms: 50, flow: copy });
    const index = flows.index();
    expect(drawn(index, treeOf(index, only(index), false))).toBe("invoke(copy, read)");
  });

  it("shows what services do on their own when it failed", () => {
    const flows = new Flows();
    const send = flows.add("send");
    flows.add("take", { at: 10, cause: send, flow: send, door: "delivery", fails: true });
    const index = flows.index();
    expect(drawn(index, treeOf(index, only(index), false))).toBe("send(take)");
  });

  it("begins with the hop itself where the clock began it; calls that nothing came of are in none", () => {
    const flows = new Flows();
    flows.add("putObject");
    const due = flows.add("invoke", { at: 60, way: "schedule>work" });
    const index = flows.index();
    expect(only(index)).toEqual({ id: due, places: [1] });
    expect(index.flowOf(0)).toBeUndefined();
    expect(comesOf(index, 1)).toBeUndefined();
  });
});

describe("links between calls", () => {
  it("skip what a service did in between, and name it", () => {
    const { flows, ids } = poison();
    const index = flows.index();
    const place = (id = 0): number => index.columns.placeOf(id);
    const idsOf = (places: readonly number[]): (number | undefined)[] => places.map((it) => index.columns.ids[it]);
    const flow = only(index);
    expect(comesOf(index, place(ids.second))).toEqual({ cause: place(ids.send), through: place(ids.take) });
    expect(comesOf(index, place(ids.send))).toEqual({ cause: place(ids.put) });
    expect(comesOf(index, place(ids.put))).toBeUndefined();
    expect(idsOf(ledTo(index, flow, place(ids.send)))).toHaveLength(4);
    expect(idsOf(ledTo(index, flow, place(ids.take)))).toEqual([ids.second]);
    expect(ledTo(index, flow, place(ids.first))).toEqual([]);
  });
});

describe("dead letters", () => {
  it("are known without any wiring when the failed hop was given up in its own name", () => {
    const flows = new Flows();
    const put = flows.add("publish");
    const failed = flows.add("send", { cause: put, flow: put, way: "news>jobs", fails: true });
    flows.add("send", { cause: failed, flow: put, way: "news>dead" });
    const went = flows.add("send", { cause: put, flow: put, way: "news>others" });
    flows.add("send", { cause: went, flow: put, way: "news>more" });
    const index = flows.index();
    expect([0, 1, 2, 3, 4].map((place) => isDeadLetter(index, place))).toEqual([false, false, true, false, false]);
  });
});

describe("what a function's end is told by", () => {
  it("is no dead letter, though the function failed", () => {
    const flows = new Flows();
    const put = flows.add("invoke", { way: "work>work" });
    const failed = flows.add("invoke", { cause: put, flow: put, way: "work>work", fails: true });
    flows.add("send", { cause: failed, flow: put, way: "work>sorry" });
    flows.add("send", { cause: put, flow: put, way: "work>done" });
    const index = flows.index();
    index.carries = index.routes.map(({ target }) =>
      target === "sorry" ? "failures" : target === "done" ? "successes" : "events",
    );
    expect([2, 3].map((place) => isDeadLetter(index, place))).toEqual([false, false]);
    expect([1, 2, 3].map((place) => endNotes(index, place))).toEqual([[], ["after failure"], ["after success"]]);
  });
});

describe("an attempt that went well", () => {
  it("was tried again all the same when another follows: some of its batch failed", () => {
    const flows = new Flows();
    const put = flows.add("send");
    flows.add("invoke", { cause: put, flow: put, way: "jobs>work" });
    flows.add("invoke", { cause: put, flow: put, way: "jobs>work", attempt: 2 });
    const index = flows.index();
    const rows = flowRows(index, index.flows, { all: false, open: true, toggled: new Set() });
    expect(rows.map((row) => outcomeOfRow(index, row).text)).toEqual(["OK", "OK", "tried again", "OK"]);
  });
});

describe("lines", () => {
  it("are those that the rows of all flows would be, whichever are open", () => {
    const flows = new Flows();
    for (let i = 0; i < 12; i++) {
      const put = flows.add("put", { at: i });
      for (let j = 0; j <= i % 3; j++) flows.add("send", { at: i, cause: put, flow: put, way: `photos>q${String(j)}` });
    }
    const index = flows.index();
    const idOf = (place: number): string => `f${String(index.flows[place]?.id)}`;
    for (const open of [true, false])
      for (const toggled of [[], [0], [11], [3, 4], [0, 5, 10], [2, 1, 0]]) {
        const view = { all: false, open, toggled: new Set(toggled.map(idOf)) };
        const rows = flowRows(index, index.flows, view);
        const lines = new FlowLines(index, index.flows, view);
        expect(lines).toHaveLength(rows.length);
        expect(rows.map((_, line) => lines.at(line))).toEqual(rows);
        expect([lines.at(-1), lines.at(rows.length)]).toEqual([undefined, undefined]);
        const placeOf = ({ flow, id }: FlowRow): number => lines.find(flow, (row) => row.id === id);
        expect(rows.map(placeOf)).toEqual(rows.map((_, line) => line));
        expect(lines.find(rows[0]?.flow ?? { id: 0, places: [] }, () => false)).toBe(-1);
      }
  });
});

describe("rows", () => {
  it("open and close, say how long an attempt waited, and draw a line where something still comes", () => {
    const { flows } = poison();
    const index = flows.index();
    const rows = flowRows(index, index.flows, { all: false, open: true, toggled: new Set() });
    const said = rows.map((row) => `${String(row.level)} ${rowText(index, row, START)}`);
    expect(said).toEqual([
      "0 storage.putObject, OK, +0 ms, 5 hops, 3 failed, 2 retries, 1 min 30 s in all",
      "1 storage.send to jobs, OK, +20 ms",
      "2 storage.invoke to work, 3 attempts, failed, +20 ms",
      "3 storage.invoke to work, failed, +20 ms",
      "3 storage.invoke to work, attempt 2, after 30 s, failed, +30 s",
      "3 storage.invoke to work, attempt 3, after 30 s, failed, +1 min",
      "2 storage.bury to dead, OK, +1 min 30 s",
    ]);
    expect(rows.map(({ guides }) => guides.length)).toEqual([0, 0, 1, 2, 2, 2, 1]);
    expect(rows[4]?.guides).toEqual([false, true]);
    const attempts = rows[2]?.id ?? "";
    const closed = flowRows(index, index.flows, { all: false, open: true, toggled: new Set([attempts]) });
    expect(closed.map(({ expanded }) => expanded)).toEqual([true, true, false, undefined]);
    expect(flowRows(index, index.flows, { all: false, open: false, toggled: new Set() })).toHaveLength(1);
  });

  it("show the first of a long list, and the rest when asked", () => {
    const flows = new Flows();
    const put = flows.add("publish");
    for (let i = 0; i < LISTED + 7; i++) flows.add("send", { cause: put, flow: put, way: `news>q${String(i)}` });
    const index = flows.index();
    const view = { all: false, open: true, toggled: new Set<string>() };
    const rows = flowRows(index, index.flows, view);
    const more = rows.at(-1);
    expect([rows.length, more?.more]).toEqual([LISTED + 2, 7]);
    expect(flowRows(index, index.flows, { ...view, toggled: new Set([more?.id ?? ""]) })).toHaveLength(LISTED + 8);
  });
});

describe("a large recording", () => {
  it("of a hundred thousand calls is followed in slices, and drawn at once", () => {
    const flows = new Flows();
    for (let i = 0; i < 25_000; i++) {
      const put = flows.add("putObject", { at: i });
      const send = flows.add("send", { at: i, cause: put, flow: put, way: "photos>jobs" });
      const take = flows.add("take", { at: i, cause: send, flow: put, door: "delivery" });
      flows.add("invoke", { at: i, cause: take, flow: put, way: "jobs>work", depth: 2 });
    }
    flows.index();
    const index = new FlowIndex(flows.reader, () => CATALOGUE);
    let steps = 0;
    while (!index.follow(() => false)) steps++;
    expect(steps).toBeGreaterThan(1000);
    expect(index.flows).toHaveLength(25_000);
    const rows = flowRows(index, index.flows, { all: false, open: false, toggled: new Set() });
    expect(rows).toHaveLength(25_000);
  });
});

describe("short names", () => {
  it("are the last part of a name, and addresses as they are", () => {
    expect(
      ["arn:aws:sqs:us-east-1:123456789012:jobs", "projects/p/topics/jobs", "jobs", "https://a.b/c", "a@b.c"].map(
        shortName,
      ),
    ).toEqual(["jobs", "jobs", "jobs", "https://a.b/c", "a@b.c"]);
  });

  it("of inputs are those of things in a cloud, and no other text is cut", () => {
    expect(
      [
        "https://sqs.us-east-1.amazonaws.com/123456789012/jobs",
        "projects/p/topics/jobs",
        "photos/2026/cat.jpg",
        "https://example.com/a",
        "arn: see below",
      ].map(shortInput),
    ).toEqual(["jobs", "jobs", "photos/2026/cat.jpg", "https://example.com/a", "arn: see below"]);
  });
});
