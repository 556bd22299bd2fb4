import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { Catalogue } from "../../../worker/protocol";
import { valueAt } from "../resources/content";

/** Which calls went well, and answered that what they called did not: a function that threw. */
export class SaidFailed {
  /** By service of a cloud: paths in an output that say so. */
  readonly #paths = new Map<string, readonly string[]>();

  constructor(
    private readonly recording: RecordReader,
    private readonly catalogue: () => Catalogue,
  ) {}

  has(record: number): boolean {
    const { provider, service } = this.recording.signatureAt(record);
    const paths = this.#pathsOf(provider, service);
    // Outputs are unpacked only where they may say something.
    if (paths.length === 0 || this.recording.errorCodeAt(record) !== "OK") return false;
    const { output } = this.recording.callAt(record);
    return paths.some((path) => valueAt(output, path) !== undefined);
  }

  #pathsOf(provider: string, service: string): readonly string[] {
    const key = `${provider}/${service}`;
    let paths = this.#paths.get(key);
    if (paths === undefined) {
      const said = this.catalogue().services.find((it) => it.provider === provider && it.service === service);
      paths = (said?.resources ?? []).flatMap(({ address }) => address?.failure ?? []);
      this.#paths.set(key, paths);
    }
    return paths;
  }
}
