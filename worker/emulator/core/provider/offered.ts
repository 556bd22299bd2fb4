import type { CloudName } from "../error-codes";
import { CloudError } from "../errors";
import type { BaseDialect, OpenService, ServiceContext, ServiceDefinition } from "../service/service";
import type { Quotas } from "./options";

/** A service of one cloud with its driver and dialect types erased, so that services of all kinds fit one list. */
export interface OfferedService {
  readonly definition: Omit<ServiceDefinition<Record<string, unknown>, BaseDialect>, "open" | "quotas"> & {
    readonly quotas?: Readonly<Record<string, string>>;
  };
  readonly dialect: BaseDialect;
  open(context: ServiceContext<BaseDialect>): OpenService<unknown>;
}

/** Offers a service on a cloud in that cloud's dialect. */
export function offer<D, Dialect extends BaseDialect>(
  definition: ServiceDefinition<D, Dialect>,
  dialect: Dialect,
): OfferedService {
  return {
    definition,
    dialect,
    // The context's dialect is this one, overridden field by field with values of the same types.
    open: (context) => definition.open(context as ServiceContext<Dialect>),
  };
}

/** Dialects in which nothing is counted, made once: all accounts without quotas share them. */
const uncounted = new WeakMap<OfferedService, BaseDialect>();

function withoutQuotas(service: OfferedService): BaseDialect {
  const fields = Object.values(service.definition.quotas ?? {});
  if (fields.length === 0) return service.dialect;
  let dialect = uncounted.get(service);
  if (!dialect) {
    dialect = { ...service.dialect, ...Object.fromEntries(fields.map((field) => [field, Infinity])) };
    uncounted.set(service, dialect);
  }
  return dialect;
}

/** Counts what the account's quotas ask for: all that the cloud counts, or only what is named. */
function withQuotas(service: OfferedService, quotas: Quotas): BaseDialect {
  if (quotas === "default") return service.dialect;
  const own = Object.entries(service.definition.quotas ?? {}).filter(([name]) => quotas[name] !== undefined);
  const plain = withoutQuotas(service);
  if (own.length === 0) return plain;
  return { ...plain, ...Object.fromEntries(own.map(([name, field]) => [field, quotas[name]])) };
}

/** A service's dialect with the quotas that hold, and the fields that a program overrides. */
export function dialectWith(
  service: OfferedService,
  overrides: Readonly<Record<string, unknown>> | undefined,
  quotas: Quotas,
  cloud: CloudName,
): BaseDialect {
  const counted = withQuotas(service, quotas);
  if (!overrides) return counted;
  const merged: Record<string, unknown> = { ...counted };
  for (const [field, value] of Object.entries(overrides)) {
    const own = merged[field];
    if (own === undefined || typeof own !== typeof value) {
      const what = own === undefined ? "has no such field" : `is a ${typeof own} there, not a ${typeof value}`;
      throw new CloudError(
        "InvalidArgument",
        `dialect.${service.definition.field}.${field}: ${service.dialect.native} ${what}`,
        { provider: cloud },
      );
    }
    if (value === null || (typeof value === "number" && !(value >= 0))) {
      throw new CloudError(
        "InvalidArgument",
        `dialect.${service.definition.field}.${field}: it must be ${typeof value === "number" ? "a number of at least 0" : "an object"}, not ${String(value)}`,
        { provider: cloud },
      );
    }
    merged[field] = value;
  }
  return merged as unknown as BaseDialect;
}
