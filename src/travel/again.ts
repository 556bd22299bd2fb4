import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { layout, runs, workspace } from "../app/app";
import { useAsBase } from "../app/base";
import { keepAfter } from "../app/keeping.svelte";
import { leftBy } from "../app/starting.svelte";
import type { Offer } from "../app/layout.svelte";
import type { Run, RunOptions } from "../run/run.svelte";

const OFFERED_MS = 20_000;

/** Counted from 1, as a person counts and as a run is told where to end. */
export const numberOf = (run: Run, call: number): number => run.recording.ordinals("call").rank(call) + 1;

/** The same run, ending at a call: its own files and settings, whatever the program has become since. */
const untilCall = (run: Run, call: number): RunOptions => ({ ...run.options, until: numberOf(run, call) });

/** Runs a run again up to a call. Its end is then the paused cloud. */
export async function runTo(run: Run, call: number): Promise<void> {
  await runs.start(run.files, run.settings, untilCall(run, call));
  await keepAfter(runs.shown, undefined);
}

/**
 * The cloud as it was right after a call, to start other runs from.
 * @throws Error when a run goes on, or the program does not come to that call again; the message is for the reader.
 */
export async function snapshotAt(run: Run, call: number): Promise<CloudSnapshot> {
  const rehearsal = runs.rehearse(run.files, run.settings, untilCall(run, call));
  if (rehearsal === undefined) throw new Error("Wait until the run has ended, or stop it.");
  const [again] = (await rehearsal.ended) ?? [];
  if (again === undefined) throw new Error("Another run began meanwhile.");
  const cloud = await leftBy(again);
  if (cloud === undefined || again.end?.reason !== "paused")
    throw new Error(`The program did not come to this call again. ${again.end?.message ?? ""}`.trim());
  return cloud;
}

/** Makes the moment of a call what the next runs start from, and offers the way back. */
export async function forkFrom(run: Run, call: number): Promise<void> {
  const snapshot = await snapshotAt(run, call);
  const before = workspace.base;
  const name = `Call ${numberOf(run, call)} of run ${run.number}`;
  useAsBase(snapshot, name);
  const offer: Offer = {
    text: `Runs now start from “${name}”.`,
    action: "Undo",
    act: () => {
      workspace.setBase(before);
      layout.offer = undefined;
    },
  };
  layout.offer = offer;
  setTimeout(() => {
    if (layout.offer === offer) layout.offer = undefined;
  }, OFFERED_MS);
}
