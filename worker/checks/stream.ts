import { RECORD_KINDS } from "../emulator/features/recording/record-page";
import type { RecordPage } from "../emulator/features/recording/record-page";
import { pageSize } from "./record-page";

const CALL = RECORD_KINDS.indexOf("call");
const CHANGE = RECORD_KINDS.indexOf("change");

/** What has been seen of one run's stream: counted where it arrives, and never asked of the program, which may lie. */
export class Stream {
  records = 0;
  calls = 0;
  bytes = 0;
  private signatures = 0;
  private stores = 0;
  private latest: number;

  /** The run's starting moment, milliseconds since 1970. */
  constructor(private readonly startMs: number) {
    this.latest = startMs;
  }

  /** How far the run's clock is known to have moved. */
  get virtualMs(): number {
    return this.latest - this.startMs;
  }

  /** Counts the next page; false, and nothing counted, when it does not continue the stream or refers to names that it never gave. */
  add(page: RecordPage): boolean {
    if (page.first !== this.records + 1) return false;
    const signatures = this.signatures + page.dictionary.signatures.length;
    const stores = this.stores + page.dictionary.stores.length;
    let calls = 0;
    let latest = this.latest;
    for (let row = 0; row < page.count; row++) {
      const kind = page.kinds[row];
      const name = page.names[row] ?? 0;
      if (kind === CALL) {
        calls++;
        if (name >= signatures) return false;
      } else if (kind === CHANGE && name >= stores) return false;
      latest = Math.max(latest, page.times[row] ?? latest);
    }
    this.records += page.count;
    this.calls += calls;
    this.bytes += pageSize(page);
    this.signatures = signatures;
    this.stores = stores;
    this.latest = latest;
    return true;
  }
}
