import { version } from "../../../package.json";
import type { Catalogue } from "../../protocol";
import { DEFAULT_ACCOUNT } from "../core/provider/options";
import { CLOUDS } from "../providers";

/** Part of every link and digest comparison: another version may record otherwise. */
export const ENGINE_VERSION: string = version;

/** What every service on every cloud says of itself; the panels know services only from this. */
export function catalogue(): Catalogue {
  const services = CLOUDS.flatMap((cloud) =>
    cloud.services.map(({ definition, dialect }) => ({
      provider: cloud.name,
      service: definition.service,
      native: dialect.native,
      nouns: dialect.nouns ?? {},
      operations: Object.keys(definition.operations),
      resources: definition.resources,
    })),
  );
  const accounts = CLOUDS.map(({ name, defaultRegion, accountField }) => ({
    provider: name,
    region: defaultRegion,
    accountId: DEFAULT_ACCOUNT[accountField],
  }));
  return { engineVersion: ENGINE_VERSION, accounts, services };
}
