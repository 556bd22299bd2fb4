import type { CloudName } from "../../../worker/emulator/core/error-codes";
import { catalogue } from "../../run/catalogue";

const { services } = catalogue;

/** What a fault can be aimed at. */
export interface ServiceChoice {
  readonly service: string;
  /** `storage (S3)`. */
  readonly label: string;
  readonly operations: readonly string[];
}

/** Every service of this version of the emulator, by the names it has on a cloud. */
export function serviceChoices(cloud: CloudName): ServiceChoice[] {
  const names = [...new Set(services.map((it) => it.service))];
  return names.map((service) => {
    const offers = services.filter((it) => it.service === service);
    const native = offers.find((it) => it.provider === cloud)?.native;
    const operations = [...new Set(offers.flatMap((it) => it.operations))].sort();
    return { service, label: native === undefined ? service : `${service} (${native})`, operations };
  });
}
