import { CloudError } from "../../../worker/emulator/core/errors";
import { codeOf } from "../../../worker/emulator/core/error-guards";
import { Call, type Door } from "../../../worker/emulator/core/service/call";
import type { OperationSpec } from "../../../worker/emulator/core/service/operations";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import type { Change } from "../../../worker/emulator/core/store/journal";

export const START = Date.UTC(2025, 0, 1);
export const STORAGE = { provider: "aws", instance: "aws", service: "storage" } as const;

const SPECS: Readonly<Record<string, OperationSpec>> = {
  putObject: { params: ["bucket", "key", "data"], kind: "write" },
  getObject: { params: ["bucket", "key"], kind: "read" },
  deleteObject: { params: ["bucket", "key"], kind: "write" },
  putSecretValue: { params: ["name", "value"], kind: "write", secret: ["value"] },
};

export interface Outcome {
  readonly output?: unknown;
  readonly error?: unknown;
  readonly changes?: readonly Change[];
  readonly at?: number;
  readonly durationMs?: number;
  readonly door?: Door;
}

/** A finished call, as a pipeline shows it to its observers. */
export function finished(operation: string, args: readonly unknown[], outcome: Outcome = {}): Call {
  const spec = SPECS[operation] ?? { params: [], kind: "read" };
  const call = new Call(STORAGE, operation, spec, args, outcome.door ?? "portable", outcome.at ?? START);
  call.output = outcome.output;
  call.error = outcome.error;
  call.code = codeOf(outcome.error);
  call.changes = outcome.changes ?? [];
  call.durationMs = outcome.durationMs ?? 0;
  return call;
}

/** A put of one object, with what it answers and changes. */
export function put(key: string, data: Uint8Array, at = START): Call {
  const info = { key, size: data.length, contentType: "binary/octet-stream", lastModified: new Date(at) };
  const changes = [
    {
      store: "aws/storage/objects",
      key: tupleKey("photos", key),
      before: undefined,
      after: { info, data: data.slice() },
    },
  ];
  return finished("putObject", ["photos", key, data], { output: info, changes, at, durationMs: 5 });
}

export const noSuchKey = (key: string): CloudError =>
  new CloudError("NotFound", `no such key: ${key}`, {
    provider: "aws",
    service: "storage",
    operation: "getObject",
    nativeCode: "NoSuchKey",
  });
