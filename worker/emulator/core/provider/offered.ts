import type { CloudName } from "../error-codes";
import { CloudError } from "../errors";
import type { BaseDialect, OpenService, ServiceContext, ServiceDefinition } from "../service/service";

/** A service of one cloud with its driver and dialect types erased, so that services of all kinds fit one list. */
export interface OfferedService {
  readonly definition: Omit<ServiceDefinition<Record<string, unknown>, BaseDialect>, "open">;
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

/** A service's dialect with the fields that a program overrides. */
export function dialectWith(
  service: OfferedService,
  overrides: Readonly<Record<string, unknown>> | undefined,
  cloud: CloudName,
): BaseDialect {
  if (!overrides) return service.dialect;
  const merged: Record<string, unknown> = { ...service.dialect };
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
