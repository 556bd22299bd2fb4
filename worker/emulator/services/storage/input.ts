import { Arguments, type Fields } from "../../core/service/arguments";
import { utf8Length } from "../../core/bytes";
import { ANYTHING, fits, readTags } from "../../core/service/name-rules";
import { pageRequest as readPageRequest, type PageRefusals, type PageRequest } from "../../core/service/page-request";
import { hasSurrogate } from "../../core/store/order";
import type { StorageDialect } from "./dialect";
import { refuse } from "./reasons";
import type { Attributes } from "./state";
import type { Tags } from "./types";

/** What is checked of every call's arguments. */
export const args = new Arguments((argument, rule) => refuse("badArgument", { argument, rule }));
const metadataArgs = new Arguments((argument, rule) => refuse("badMetadata", { argument, rule }));
const tagArgs = new Arguments((argument, rule) => refuse("badTags", { argument, rule }));

const NO_PAIRS = Object.freeze({});
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;

/** The name of a bucket that should exist. */
export const bucketName = (value: unknown): string => args.text("bucket", value);

/** The name of a bucket to be. */
export function newBucketName(value: unknown, dialect: StorageDialect): string {
  const name = args.text("name", value);
  if (!fits(name, dialect.bucketName)) refuse("badBucketName", { bucket: name, rule: dialect.bucketName.rule });
  return name;
}

export function objectKey(value: unknown, dialect: StorageDialect): string {
  if (typeof value !== "string") return args.text("key", value);
  if (value === "") refuse("emptyKey");
  // UTF-8 takes at most three bytes a unit: most keys need no counting.
  if (value.length * 3 > dialect.maxKeyBytes) {
    const length = dialect.measureKey(value);
    if (length > dialect.maxKeyBytes) refuse("keyTooLong", { length, max: dialect.maxKeyBytes });
  }
  if (hasSurrogate(value) && LONE_SURROGATE.test(value)) refuse("badKey", { rule: "well-formed Unicode" });
  if (dialect.key !== ANYTHING && !fits(value, dialect.key)) refuse("badKey", { rule: dialect.key.rule });
  const { maxKeySegments } = dialect;
  if (maxKeySegments !== Infinity && value.split("/").length > maxKeySegments) {
    refuse("badKey", { rule: `at most ${maxKeySegments} path segments` });
  }
  return value;
}

/** A version id of the right form, or `undefined`. */
export function versionIdOf(options: Fields, dialect: StorageDialect): string | undefined {
  const versionId = args.optionalText("versionId", options["versionId"]);
  if (versionId !== undefined && !dialect.versionIdForm.test(versionId)) refuse("badVersionId", { versionId });
  return versionId;
}

function metadata(value: unknown, dialect: StorageDialect): Attributes["metadata"] {
  if (value === undefined) return NO_PAIRS;
  let size = 0;
  const pairs = metadataArgs.pairs("metadata", value).map(([name, text]): [string, string] => {
    if (!fits(name, dialect.metadataName))
      metadataArgs.complain(`metadata name ${JSON.stringify(name)}`, dialect.metadataName.rule);
    if (CONTROL.test(text)) metadataArgs.complain(`metadata.${name}`, "free of control characters");
    size += utf8Length(name) + utf8Length(text);
    return [dialect.keepMetadataName(name), text];
  });
  if (size > dialect.maxMetadataBytes) refuse("metadataTooLarge", { size, max: dialect.maxMetadataBytes });
  // Own properties, whatever the names: `__proto__` too.
  return Object.freeze(Object.fromEntries(pairs));
}

export const objectTags = (value: unknown, dialect: StorageDialect): Tags =>
  readTags(tagArgs, value, dialect.maxObjectTags, dialect.objectTag);
export const bucketTags = (value: unknown, dialect: StorageDialect): Tags =>
  readTags(tagArgs, value, dialect.maxBucketTags, dialect.bucketTag);

export function contentTypeOf(value: unknown): string | undefined {
  const contentType = args.optionalText("contentType", value);
  if (contentType !== undefined && CONTROL.test(contentType))
    args.complain("contentType", "free of control characters");
  return contentType === "" ? undefined : contentType;
}

export function storageClassOf(value: unknown, { storageClasses }: StorageDialect): string | undefined {
  const storageClass = args.optionalText("storageClass", value);
  if (storageClass !== undefined && !storageClasses.includes(storageClass)) {
    refuse("badStorageClass", { storageClass, known: storageClasses.join(", ") });
  }
  return storageClass;
}

/** What of an object's attributes a call names; what it does not is absent. */
export function attributesOf(options: Fields, dialect: StorageDialect): Partial<Attributes> {
  const contentType = contentTypeOf(options["contentType"]);
  const storageClass = storageClassOf(options["storageClass"], dialect);
  return {
    ...(contentType !== undefined && { contentType }),
    ...(options["metadata"] !== undefined && { metadata: metadata(options["metadata"], dialect) }),
    ...(options["tags"] !== undefined && { tags: objectTags(options["tags"], dialect) }),
    ...(storageClass !== undefined && { storageClass }),
  };
}

export const defaultAttributes = (dialect: StorageDialect): Attributes => ({
  contentType: dialect.defaultContentType,
  metadata: NO_PAIRS,
  tags: NO_PAIRS,
  storageClass: dialect.storageClasses[0] as string,
});

/** The list's arguments; `scope` names bucket, prefix and whatever else it was asked for. */
export function pageRequest(
  operation: string,
  scope: readonly (string | undefined)[],
  options: Fields,
  { maxPageItems: max }: StorageDialect,
): PageRequest {
  return readPageRequest(operation, scope, options, { default: max, max }, pageRefusals);
}

const pageRefusals: PageRefusals = {
  limit: () => args.complain("limit", "an integer of at least 1"),
  token: () => refuse("badPageToken"),
};
