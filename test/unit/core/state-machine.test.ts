import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isFailedPrecondition, isInvalidArgument, isNotFound } from "../../../worker/emulator/core/error-guards";
import { StateMachine } from "../../../worker/emulator/core/state-machine";
import { thrown } from "../features/tiny-storage";

type State = "pending" | "running" | "stopping" | "stopped" | "terminated";

const clock = (): FakeClock => new FakeClock(0, { autoAdvance: false });
const machine = (on = clock()): StateMachine<State> =>
  new StateMachine<State>(
    [
      { from: "pending", to: "running" },
      { from: "running", to: "stopping", event: "stop" },
      { from: "stopping", to: "stopped" },
      { from: "stopped", to: "pending", event: "start" },
      { from: "running", to: "terminated" },
    ],
    { initial: "pending", terminal: ["terminated"], clock: on },
  );

describe("a state machine", () => {
  test("refuses what is not listed, names what is, and changes nothing", () => {
    const instances = machine();
    instances.set("i");
    const error = thrown(() => instances.transition("i", "stopped"));
    expect(isFailedPrecondition(error)).toBe(true);
    expect(error.message).toBe("i cannot go from pending to stopped, only to running");
    expect(error.details).toEqual({ id: "i", from: "pending", to: "stopped", targets: ["running"] });
    expect(instances.state("i")).toBe("pending");
    expect(isFailedPrecondition(thrown(() => instances.transition("i", "pending")))).toBe(true);
  });

  test("knows no resource that was not set", () => {
    const instances = machine();
    expect(isNotFound(thrown(() => instances.transition("x", "running")))).toBe(true);
    expect(isNotFound(thrown(() => instances.state("x")))).toBe(true);
    expect(isNotFound(thrown(() => instances.can("x", "running")))).toBe(true);
    expect(isNotFound(thrown(() => instances.history("x")))).toBe(true);
    instances.remove("x");
  });

  test("follows listed transitions and remembers the way", async () => {
    const on = clock();
    const instances = machine(on);
    instances.set("i");
    await on.advance(5);
    expect([instances.can("i", "running"), instances.can("i", "stopped")]).toEqual([true, false]);
    instances.transition("i", "running");
    expect(instances.history("i")).toEqual([
      { to: "pending", at: new Date(0) },
      { from: "pending", to: "running", at: new Date(5) },
    ]);
    instances.set("j", "stopped");
    expect([...instances.resources()]).toEqual([
      ["i", "running"],
      ["j", "stopped"],
    ]);
    instances.remove("i");
    expect([...instances.resources().keys()]).toEqual(["j"]);
  });

  test("allows a state to go to itself only when listed", () => {
    const loop = new StateMachine([{ from: "on", to: "on" }], { clock: clock() });
    loop.set("x", "on");
    loop.transition("x", "on");
    expect(loop.history("x")).toHaveLength(2);
  });

  test("tells listeners in order, after the change, and one that throws stops nothing", () => {
    const instances = machine();
    const heard: string[] = [];
    instances.onTransition((id, from, to) => heard.push(`${id} ${from} ${to} ${instances.state(id)}`));
    instances.onTransition(() => {
      throw new Error("not my day");
    });
    const stop = instances.onTransition((_id, _from, _to, at) => heard.push(at.toISOString()));
    instances.set("i");
    instances.transition("i", "running");
    stop();
    instances.transition("i", "stopping");
    expect(heard).toEqual(["i pending running running", "1970-01-01T00:00:00.000Z", "i running stopping stopping"]);
  });

  test("refuses unknown states", () => {
    const instances = machine();
    expect(isInvalidArgument(thrown(() => instances.set("i", "gone" as State)))).toBe(true);
    expect(isInvalidArgument(thrown(() => instances.after(5, "pending", "stopped")))).toBe(true);
    expect(isInvalidArgument(thrown(() => instances.after(-5, "pending", "running")))).toBe(true);
    const none = new StateMachine([{ from: "a", to: "b" }], { clock: clock() });
    expect(isInvalidArgument(thrown(() => none.set("x")))).toBe(true);
    expect(isInvalidArgument(thrown(() => new StateMachine([{ from: "a", to: "b" }], { initial: "c" as "a" })))).toBe(
      true,
    );
  });

  test("goes on by itself after a time, unless the state changed meanwhile", async () => {
    const on = clock();
    const instances = machine(on);
    instances.after(100, "pending", "running");
    instances.after(50, "stopping", "stopped");
    instances.set("i");
    instances.set("early");
    instances.set("gone");
    instances.remove("gone");
    instances.transition("early", "running");
    instances.transition("early", "stopping");
    await on.advance(49);
    expect(instances.state("early")).toBe("stopping");
    await on.advance(1);
    expect(instances.state("early")).toBe("stopped");
    expect(instances.state("i")).toBe("pending");
    await on.advance(50);
    expect(instances.state("i")).toBe("running");
    expect(instances.history("i").at(-1)?.at).toEqual(new Date(100));
    expect(on.pendingTimers()).toEqual([]);
  });
});

describe("a table of transitions", () => {
  test("with nothing odd reports nothing", () => {
    expect(machine().check()).toEqual({ unreachable: [], deadEnds: [] });
  });

  test("reports what cannot be reached and what cannot be left", () => {
    const odd = new StateMachine(
      [
        { from: "a", to: "b" },
        { from: "island", to: "a" },
        { from: "b", to: "b" },
      ],
      { initial: "a", clock: clock() },
    );
    expect(odd.check()).toEqual({ unreachable: ["island"], deadEnds: ["b"] });
  });

  test("draws itself for Mermaid", () => {
    expect(machine().toMermaid()).toBe(
      [
        "stateDiagram-v2",
        "  [*] --> pending",
        "  pending --> running",
        "  running --> stopping: stop",
        "  stopping --> stopped",
        "  stopped --> pending: start",
        "  running --> terminated",
        "  terminated --> [*]",
        "",
      ].join("\n"),
    );
    const odd = new StateMachine([{ from: "shutting-down", to: "end", event: 'a "b": c' }], { clock: clock() });
    expect(odd.toMermaid()).toBe(
      [
        "stateDiagram-v2",
        '  state "shutting-down" as state1',
        '  state "end" as state2',
        "  state1 --> state2: a #34;b#34;#58; c",
        "",
      ].join("\n"),
    );
  });
});
