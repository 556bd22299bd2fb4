import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { Call } from "../../../worker/emulator/core/service/call";
import { write, type AnyEngine } from "../../../worker/emulator/core/service/operations";
import { Pipeline, type PipelineHost } from "../../../worker/emulator/core/service/pipeline";
import { Turnstile } from "../../../worker/emulator/core/service/turnstile";
import { refuse } from "../../../worker/emulator/core/service/refusal";
import { Waiting } from "../../../worker/emulator/core/service/waiting";
import { ChangeLog } from "../../../worker/emulator/core/store/journal";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";

/** A service whose `wait` goes on, twice, when `go` is called. */
function makeService(end: () => unknown) {
  const changeLog = new ChangeLog();
  const store = new StoreSet(changeLog).open<string>("s/values");
  const calls: Call[] = [];
  let go: () => void = () => undefined;
  const ready = (): Promise<void> => new Promise((resolve) => (go = resolve));
  const engine = {
    write: (_call: Call, key: string) => store.set(key, "written"),
    wait: () => {
      store.set("first", "waiting");
      return new Waiting(ready(), () => {
        store.set("second", "waiting");
        return new Waiting(ready(), () => {
          store.set("third", "waiting");
          return end();
        });
      });
    },
  };
  const host: PipelineHost = {
    clock: new FakeClock(),
    changeLog,
    turnstile: new Turnstile(),
    chaos: undefined,
    observers: [{ observe: (c: Call) => calls.push(c) }],
  };
  const pipeline = new Pipeline(
    { provider: "aws", instance: "aws", service: "s" },
    { write: write("key"), wait: write() },
    engine as unknown as AnyEngine,
    { reasons: { no: { code: "NotFound", message: () => "no" } }, nativeReasons: {} },
    host,
  );
  return {
    store,
    calls,
    go: () => go(),
    call: (operation: string, ...args: unknown[]) => pipeline.invoke(operation, args, "driver", {}),
  };
}

const keysOf = (calls: readonly Call[]): (string | readonly string[])[][] =>
  calls.map(({ operation, changes }) => [operation, changes.map(({ key }) => key)]);

describe("a call that writes after its wait", () => {
  it("has all it wrote and nothing else, whoever writes in the same turn", async () => {
    const { calls, go, call } = makeService(() => "done");
    const waiting = call("wait");
    void call("write", "a");
    go();
    void call("write", "b");
    await Promise.resolve();
    void call("write", "c");
    go();
    void call("write", "d");
    expect(await waiting).toBe("done");
    void call("write", "e");
    expect(keysOf(calls)).toEqual([
      ["write", ["a"]],
      ["write", ["b"]],
      ["write", ["c"]],
      ["write", ["d"]],
      ["wait", ["first", "second", "third"]],
      ["write", ["e"]],
    ]);
  });

  it("takes back what it wrote in the turn in which it is refused", async () => {
    const { calls, go, call, store } = makeService(() => refuse("no"));
    const waiting = call("wait");
    go();
    await Promise.resolve();
    await Promise.resolve();
    go();
    await expect(waiting).rejects.toMatchObject({ code: "NotFound" });
    expect(store.keys()).toEqual(["first", "second"]);
    expect(keysOf(calls)).toEqual([["wait", ["first", "second"]]]);
  });
});
