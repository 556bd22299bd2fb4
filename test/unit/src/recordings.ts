import type { CloudName } from "../../../worker/emulator/core/error-codes";
import { CloudError } from "../../../worker/emulator/core/errors";
import { Call } from "../../../worker/emulator/core/service/call";
import type { CallSite } from "../../../worker/emulator/core/service/call";
import type { Change } from "../../../worker/emulator/core/store/journal";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import type { RecordPage } from "../../../worker/emulator/features/recording/record-page";
import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";

export const START = Date.UTC(2026, 0, 1);

interface Made {
  readonly error?: CloudError;
  readonly changes?: readonly Change[];
  readonly durationMs?: number;
  readonly provider?: CloudName;
}

/** Writes a recording by hand, as pages, the way the page gets one. */
export class Script {
  readonly reader = new RecordReader();
  readonly pages: RecordPage[] = [];
  readonly #sites: Partial<Record<CloudName, CallSite>> = {};
  readonly log = new RecordLog({
    onPage: (page) => {
      this.pages.push(page);
      this.reader.addPage(page);
    },
  });
  now = START;

  call(operation: string, input: Record<string, unknown>, made: Made = {}): this {
    const { provider = "aws", error, changes = [], durationMs = 0 } = made;
    const site = (this.#sites[provider] ??= { provider, instance: provider, service: "storage" });
    const call = new Call(site, operation, { params: [], kind: "write" }, [input], "portable", this.now);
    call.changes = changes;
    call.durationMs = durationMs;
    if (error !== undefined) {
      call.error = error;
      call.code = error.code;
    }
    this.now += durationMs;
    this.log.appendCall(call);
    return this;
  }

  put(bucket: string, key: string, value: unknown = { data: "x" }): this {
    return this.call("putObject", { bucket, key }, { changes: [change("objects", [bucket, key], value)] });
  }

  fail(operation: string, key: string): this {
    const error = new CloudError("NotFound", `There is no "${key}".`, { provider: "aws", nativeCode: "NoSuchKey" });
    return this.call(operation, { bucket: "photos", key }, { error });
  }

  end(): RecordReader {
    this.log.seal();
    return this.reader;
  }
}

export const change = (store: string, key: readonly string[], after: unknown, provider = "aws"): Change => ({
  store: `${provider}/storage/${store}`,
  key: tupleKey(...key),
  before: undefined,
  after,
});
