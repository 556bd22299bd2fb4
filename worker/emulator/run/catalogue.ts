import { version } from "../../../package.json";
import type { Catalogue, DialectFact } from "../../protocol";
import { DEFAULT_ACCOUNT } from "../core/provider/options";
import { CODES_NOTE, printFact, type ServiceNotes } from "../core/service/notes";
import type { BaseDialect } from "../core/service/service";
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
      dialect: factsOf(dialect, definition.notes?.fields ?? {}),
      reasons: definition.notes?.reasons ?? {},
      values: definition.notes?.values ?? {},
    })),
  );
  const accounts = CLOUDS.map(({ name, defaultRegion, accountField }) => ({
    provider: name,
    region: defaultRegion,
    accountId: DEFAULT_ACCOUNT[accountField],
  }));
  return { engineVersion: ENGINE_VERSION, accounts, services };
}

/** A dialect in words: the figures are the dialect's own, so that no text can say otherwise. */
function factsOf(dialect: BaseDialect, fields: ServiceNotes["fields"]): DialectFact[] {
  const { pages = {}, words = {} } = dialect.documentation ?? {};
  const values = Object.entries(dialect);
  const noted = Object.entries(fields).map(([field, { about, topic, unit, operations }]): DialectFact => {
    const value = values.find(([name]) => name === field)?.[1] as unknown;
    return {
      field,
      about,
      value: words[field] ?? printFact(value, unit) ?? "",
      documentation: pages[topic] ?? dialect.native,
      ...(operations !== undefined && { operations }),
    };
  });
  const codes = { about: CODES_NOTE.about, value: `the codes of ${dialect.native}` };
  return [...noted, { field: "nativeReasons", ...codes, documentation: pages[CODES_NOTE.topic] ?? dialect.native }];
}
