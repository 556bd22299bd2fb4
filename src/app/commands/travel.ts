import { TRAVEL_KEYS } from "../../travel/keys";
import { Travel } from "../../travel/travel";
import { layout, runs } from "../app";
import type { Command } from "./command";

const travel = new Travel(runs);

const hasCalls = (): boolean => (travel.calls?.length ?? 0) > 0;
const inThePast = (): boolean => runs.moment !== undefined;

async function again(what: "runTo" | "forkFrom"): Promise<void> {
  const { shown, moment } = runs;
  if (shown === undefined || moment === undefined) return;
  try {
    await (await import("../../travel/again"))[what](shown, moment);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    layout.offer = { text, action: "Dismiss", act: () => (layout.offer = undefined) };
  }
}

export const travelCommands: readonly Command[] = [
  {
    id: "travel.back",
    title: "One call back",
    group: "Run",
    key: TRAVEL_KEYS.back,
    words: "time travel step previous",
    when: () => hasCalls() && travel.place > 0,
    run: () => travel.step(-1),
  },
  {
    id: "travel.forward",
    title: "One call forward",
    group: "Run",
    key: TRAVEL_KEYS.forward,
    words: "time travel step next",
    when: inThePast,
    run: () => travel.step(1),
  },
  {
    id: "travel.now",
    title: "Back to now",
    group: "Run",
    key: TRAVEL_KEYS.now,
    words: "time travel end present",
    when: inThePast,
    run: () => travel.now(),
  },
  {
    id: "travel.runTo",
    title: "Run to this call again",
    group: "Run",
    words: "time travel until here pause",
    when: () => inThePast() && !runs.busy,
    run: () => again("runTo"),
  },
  {
    id: "travel.fork",
    title: "Fork from this call",
    group: "Run",
    words: "time travel base here",
    when: () => inThePast() && !runs.busy,
    run: () => again("forkFrom"),
  },
];
