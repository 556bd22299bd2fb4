import type { ResourceKind } from "../../worker/emulator/core/service/resources";
import type { Catalogue, CatalogueService } from "../../worker/protocol";

export interface KindOfStore {
  readonly instance: string;
  readonly service: CatalogueService;
  /** Undefined for a store whose entries are no resources. */
  readonly kind: ResourceKind | undefined;
}

/** What a store (`aws/storage/objects`) holds, as the catalogue has it; undefined when it knows no such service. */
export function kindOfStore(catalogue: Catalogue, name: string): KindOfStore | undefined {
  const [instance = "", ofService = "", store = ""] = name.split("/");
  const provider = instance.split("#")[0];
  const service = catalogue.services.find((it) => it.provider === provider && it.service === ofService);
  return service && { instance, service, kind: service.resources.find((it) => it.store === store) };
}
