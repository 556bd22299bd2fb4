import { describe, expect } from "vitest";
import { FakeClock } from "../../worker/emulator/core/clock/fake-clock";
import type { CloudName, ErrorCode } from "../../worker/emulator/core/error-codes";
import { CloudError } from "../../worker/emulator/core/errors";
import type { ProviderOptions } from "../../worker/emulator/core/provider/options";
import type { Latency } from "../../worker/emulator/features/latency/latency";
import { newAWS, newAzure, newGCP, type Provider } from "../../worker/emulator/providers";

/** When the clocks of these tests start: far from midnight, in a year with nothing special. */
export const START = "2026-04-01T12:00:00.000Z";
export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

const OPEN: Readonly<Record<CloudName, (options: ProviderOptions<Latency>) => Provider>> = {
  aws: newAWS,
  azure: newAzure,
  gcp: newGCP,
};
export const CLOUDS = Object.keys(OPEN) as CloudName[];

/** What differs, by cloud. */
export type ByCloud<T> = Readonly<Record<CloudName, T>>;

/** One cloud under test: accounts on clocks of their own. */
export interface Cloud {
  readonly name: CloudName;
  open(options?: ProviderOptions<Latency> & { start?: string }): { provider: Provider; clock: FakeClock };
  /** This cloud's entry of a table. */
  pick<T>(table: ByCloud<T>): T;
}

/** A suite that runs once on each cloud. */
export function forEachCloud(suite: (cloud: Cloud) => void): void {
  for (const name of CLOUDS) describe(name, () => suite(cloudUnderTest(name)));
}

export function cloudUnderTest(name: CloudName): Cloud {
  return {
    name,
    open({ start = START, ...options } = {}) {
      const clock = new FakeClock(start);
      return { provider: OPEN[name]({ clock, ...options }), clock };
    },
    pick: (table) => table[name],
  };
}

/** The error that a call rejects with; it must be a CloudError that says where it came from. */
export async function failure(call: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await call.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CloudError)) throw error;
  expect(error.message).not.toMatch(/undefined|\[object/);
  return error;
}

/** A call must be refused with this code and, where one is given, this native code. */
export async function refused(call: Promise<unknown>, code: ErrorCode, nativeCode?: string): Promise<CloudError> {
  const error = await failure(call);
  expect({ code: error.code, nativeCode: nativeCode === undefined ? undefined : error.nativeCode }).toEqual({
    code,
    nativeCode,
  });
  return error;
}
