import { splitKey } from "../emulator/core/store/keys";
import type { RecordReader } from "../emulator/features/recording/record-reader";
import type { Catalogue } from "../protocol";

/** Something that exists in a cloud when the run is over. */
export interface ResourceReport {
  /** The account: `aws`, `aws#2`. */
  readonly instance: string;
  readonly service: string;
  /** `bucket`, `object`. */
  readonly kind: string;
  /** From the outermost: bucket, then object. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What the changes of a run add up to, as far as services show it. */
export function resourcesOf(reader: RecordReader, catalogue: Catalogue): ResourceReport[] {
  const latest = new Map<string, number>();
  const changes = reader.ordinals("change");
  for (let index = 0; index < changes.length; index++) {
    const id = changes.at(index);
    latest.set(`${reader.signatureNumberAt(id)} ${reader.changeKeyAt(id)}`, id);
  }
  return [...latest.values()].flatMap((id): ResourceReport[] => {
    const { store: path, key, after } = reader.changeAt(id);
    const [instance = "", service = "", store = ""] = path.split("/");
    const provider = instance.replace(/#.*/, "");
    const owner = catalogue.services.find((it) => it.provider === provider && it.service === service);
    const kind = owner?.resources.find((it) => it.store === store)?.kind;
    return kind === undefined || after === undefined
      ? []
      : [{ instance, service, kind, path: splitKey(key), value: after }];
  });
}
