import { Arguments, type Fields } from "../../core/service/arguments";
import { fits } from "../../core/service/name-rules";
import type { EventBusDialect } from "./dialect";
import { parseJsonPath } from "./json-path";
import { refuse } from "./reasons";
import { unknownPlaceholder } from "./transformer";
import type { Target } from "./types";

const shape = new Arguments((argument, rule) => refuse("badTarget", { argument, rule }));

const MAX_PATHS = 100;
const MAX_PATH_CHARS = 256;
const MAX_ARN_CHARS = 1600;
const PATH_NAME = /^(?!aws\.)[A-Za-z0-9_-]{1,256}$/i;
const INPUTS = ["input", "inputPath", "inputTransformer"] as const;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readPath(argument: string, value: unknown): string {
  const path = shape.text(argument, value, MAX_PATH_CHARS);
  return parseJsonPath(path) ? path : shape.complain(argument, "a path such as $.detail.order or $.resources[0]");
}

function readTransformer(at: string, value: unknown, max: number): NonNullable<Target["inputTransformer"]> {
  const fields = shape.object(at, value);
  const pairs = fields["paths"] === undefined ? [] : shape.pairs(`${at}.paths`, fields["paths"]);
  if (pairs.length > MAX_PATHS) shape.complain(`${at}.paths`, `at most ${MAX_PATHS}`);
  for (const [name, path] of pairs) {
    if (!PATH_NAME.test(name))
      shape.complain(`the name ${JSON.stringify(name)} in ${at}.paths`, "made of letters, digits, - and _");
    readPath(`${at}.paths.${name}`, path);
  }
  const template = shape.text(`${at}.template`, fields["template"], max);
  const transformer = { paths: Object.fromEntries(pairs), template };
  const unknown = unknownPlaceholder(transformer);
  if (unknown !== undefined)
    shape.complain(`<${unknown}> in ${at}.template`, "a name of paths, or one that the cloud knows");
  return transformer;
}

function readRetryPolicy(at: string, value: unknown, dialect: EventBusDialect): NonNullable<Target["retryPolicy"]> {
  const fields = shape.object(at, value);
  const { maxRetries: most, minEventAgeMs, maxEventAgeMs: oldest } = dialect;
  const maxRetries = shape.optionalInteger(`${at}.maxRetries`, fields["maxRetries"], 0, most);
  const maxEventAgeMs = shape.optionalInteger(`${at}.maxEventAgeMs`, fields["maxEventAgeMs"], minEventAgeMs, oldest);
  return { ...(maxRetries !== undefined && { maxRetries }), ...(maxEventAgeMs !== undefined && { maxEventAgeMs }) };
}

function readTarget(value: unknown, at: string, dialect: EventBusDialect): Target {
  const fields = shape.object(at, value);
  const id = shape.text(`${at}.id`, fields["id"]);
  if (!fits(id, dialect.targetId)) shape.complain(`${at}.id`, dialect.targetId.rule);
  const arn = shape.text(`${at}.arn`, fields["arn"], MAX_ARN_CHARS);
  if (INPUTS.filter((name) => fields[name] !== undefined).length > 1)
    shape.complain(at, "given one of input, inputPath and inputTransformer, not more");
  return {
    id,
    arn,
    ...optional(fields, "input", (input) => {
      const text = shape.text(`${at}.input`, input, dialect.maxInputChars);
      return isJson(text) ? text : shape.complain(`${at}.input`, "valid JSON");
    }),
    ...optional(fields, "inputPath", (path) => readPath(`${at}.inputPath`, path)),
    ...optional(fields, "inputTransformer", (given) =>
      readTransformer(`${at}.inputTransformer`, given, dialect.maxInputChars),
    ),
    ...optional(fields, "retryPolicy", (policy) => readRetryPolicy(`${at}.retryPolicy`, policy, dialect)),
    ...optional(fields, "deadLetterArn", (name) => shape.text(`${at}.deadLetterArn`, name, MAX_ARN_CHARS)),
    ...optional(fields, "groupId", (group) => shape.text(`${at}.groupId`, group, 128)),
  };
}

/** A field as it was read, or none. */
function optional<K extends keyof Target>(
  fields: Fields,
  name: K,
  read: (value: unknown) => Target[K],
): { [N in K]?: Target[K] } {
  return fields[name] === undefined ? {} : ({ [name]: read(fields[name]) } as { [N in K]?: Target[K] });
}

/** Targets to be added, each with an id of its own. */
export function readTargets(value: unknown, dialect: EventBusDialect): Target[] {
  const targets = shape.list("targets", value, (element, at) => readTarget(element, at, dialect));
  if (targets.length === 0) shape.complain("targets", "a list of at least one");
  const ids = new Set<string>();
  for (const { id } of targets) {
    if (ids.has(id)) shape.complain(`id ${JSON.stringify(id)}`, "that of one target only");
    ids.add(id);
  }
  return targets;
}
