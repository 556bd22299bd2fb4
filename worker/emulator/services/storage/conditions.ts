import type { Fields } from "../../core/service/arguments";
import type { StorageDialect } from "./dialect";
import { args } from "./input";
import { refuse } from "./reasons";
import type { StoredBucket, Version } from "./state";

const ANY = "*";

/** What a read or write asks of the object that is there. */
export interface Conditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** ETags are given without quotes, but come with them from HTTP. */
const unquoted = (etag: string | undefined): string | undefined => etag?.replace(/^"(.*)"$/, "$1");

export function conditionsOf(options: Fields): Conditions {
  return {
    ifMatch: unquoted(args.optionalText("ifMatch", options["ifMatch"])),
    ifNoneMatch: unquoted(args.optionalText("ifNoneMatch", options["ifNoneMatch"])),
  };
}

export function writeConditionsOf(options: Fields, dialect: StorageDialect): Conditions {
  const conditions = conditionsOf(options);
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifNoneMatch !== undefined && ifNoneMatch !== ANY) args.complain("ifNoneMatch", '"*": on a write it only creates');
  if (!dialect.takesAnyCondition) {
    if (ifMatch === ANY) refuse("conditionUnsupported", { rule: 'ifMatch "*"' });
    if (ifMatch !== undefined && ifNoneMatch !== undefined)
      refuse("conditionUnsupported", { rule: "ifMatch and ifNoneMatch at once" });
  }
  return conditions;
}

const differs = (condition: string, etag: string): boolean => condition !== ANY && condition !== etag;

export function checkWrite(
  { name }: StoredBucket,
  key: string,
  current: Version | undefined,
  conditions: Conditions,
  dialect: StorageDialect,
): void {
  const { ifMatch, ifNoneMatch } = conditions;
  const details = { bucket: name, key, resource: key };
  if (ifMatch !== undefined) {
    if (!current) refuse(dialect.nothingToMatch, details);
    if (differs(ifMatch, current.etag)) refuse("conditionFailed", { ...details, etag: ifMatch });
  }
  if (ifNoneMatch !== undefined && current) refuse("objectExists", details);
}

export function checkRead({ name }: StoredBucket, { key, etag }: Version, { ifMatch, ifNoneMatch }: Conditions): void {
  const details = { bucket: name, key, resource: key };
  if (ifMatch !== undefined && differs(ifMatch, etag)) refuse("conditionFailed", { ...details, etag: ifMatch });
  if (ifNoneMatch !== undefined && !differs(ifNoneMatch, etag)) refuse("notModified", { ...details, etag });
}
