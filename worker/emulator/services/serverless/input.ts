import { utf8Length } from "../../core/bytes";
import { Arguments, type Fields } from "../../core/service/arguments";
import { fits, readTags } from "../../core/service/name-rules";
import { pageRequest, type PageRequest } from "../../core/service/page-request";
import type { Range, ServerlessDialect } from "./dialect";
import { refuse } from "./reasons";
import { layerKey, type Settings, type State } from "./state";
import type { Handler } from "./types";

export const args = new Arguments((argument, rule) => refuse("badArgument", { argument, rule }));
export const aliasArgs = new Arguments((argument, rule) => refuse("badAlias", { argument, rule }));

/** An integer within a dialect's range; what holds without one is the caller's to know. */
export const ranged = (argument: string, value: unknown, { min, max }: Range): number =>
  args.integer(argument, value, min, max);

export function newName(value: unknown, rule: ServerlessDialect["functionName"]): string {
  const name = args.text("name", value);
  if (!fits(name, rule)) refuse("badName", { name, rule: rule.rule });
  return name;
}

export function listRequest(
  operation: string,
  scope: readonly (string | undefined)[],
  options: Fields,
  { maxPageItems: max }: ServerlessDialect,
): PageRequest {
  return pageRequest(
    operation,
    scope,
    options,
    { default: max, max },
    {
      limit: () => args.complain("limit", "an integer of at least 1"),
      token: () => refuse("badPageToken"),
    },
  );
}

/** What of a function's configuration a call names; what it does not is absent. */
export type GivenSettings = Partial<Omit<Settings, "name" | "arn" | "lastModified" | "retryOnFailure">> & {
  retryOnFailure?: boolean;
};

function memory(value: unknown, { memoryMb, memorySizes }: ServerlessDialect): number {
  if (memorySizes.length === 0) return ranged("memoryMb", value, memoryMb);
  return memorySizes.find((size) => size === value) ?? args.complain("memoryMb", `one of ${memorySizes.join(", ")}`);
}

function timeout(value: unknown, { timeoutMs }: ServerlessDialect): number {
  const ms = ranged("timeoutMs", value, timeoutMs);
  return ms % 1000 === 0 ? ms : args.complain("timeoutMs", "whole seconds, in milliseconds");
}

function environment(value: unknown, dialect: ServerlessDialect): Settings["environment"] {
  const pairs = args.pairs("environment", value);
  let size = 0;
  for (const [name, text] of pairs) {
    if (!fits(name, dialect.environmentName))
      args.complain(`environment name ${JSON.stringify(name)}`, dialect.environmentName.rule);
    size += utf8Length(name) + utf8Length(text);
  }
  if (size > dialect.maxEnvironmentBytes)
    args.complain("environment", `at most ${dialect.maxEnvironmentBytes} bytes, names and values together`);
  return Object.freeze(Object.fromEntries(pairs));
}

function layers(value: unknown, state: State): readonly string[] {
  const { dialect, context } = state;
  const arns = args.texts("layers", value);
  if (arns.length > dialect.maxLayers) args.complain("layers", `at most ${dialect.maxLayers}`);
  const seen = new Set<string>();
  for (const arn of arns) {
    const layer = dialect.readLayerArn(arn, context.account);
    const stored = layer && state.layers.get(layerKey(layer.name, layer.version));
    if (!layer || !stored) return refuse("unknownLayer", { layer: arn, resource: arn });
    const one = dialect.oneVersionPerLayer ? layer.name : `${layer.name}:${layer.version}`;
    if (seen.has(one))
      args.complain("layers", `a list of different layers: ${JSON.stringify(layer.name)} is named twice`);
    seen.add(one);
  }
  return Object.freeze(arns);
}

/** Checks what a configuration says. */
export function readSettings(fields: Fields, state: State): GivenSettings {
  const { dialect } = state;
  const given = (name: string): boolean => fields[name] !== undefined;
  const text = (name: string): string => args.optionalText(name, fields[name]) ?? "";
  const retryOnFailure = args.optionalFlag("retryOnFailure", fields["retryOnFailure"]);
  if (retryOnFailure === true && !dialect.retriesOnDemand) refuse("unsupported", { argument: "retryOnFailure" });
  return {
    ...(given("runtime") && { runtime: args.text("runtime", fields["runtime"]) }),
    ...(given("handler") && { handler: args.text("handler", fields["handler"]) }),
    ...(given("memoryMb") && { memoryMb: memory(fields["memoryMb"], dialect) }),
    ...(given("timeoutMs") && { timeoutMs: timeout(fields["timeoutMs"], dialect) }),
    ...(given("environment") && { environment: environment(fields["environment"], dialect) }),
    ...(given("tags") && { tags: readTags(args, fields["tags"], dialect.maxTags, dialect.tag) }),
    ...(given("description") && { description: text("description") }),
    ...(given("deadLetterArn") && { deadLetterArn: text("deadLetterArn") }),
    ...(retryOnFailure !== undefined && { retryOnFailure }),
    ...(given("layers") && { layers: layers(fields["layers"], state) }),
  };
}

/** The handler of a configuration, if it has one. */
export function readCode(fields: Fields): Handler | undefined {
  const code = fields["code"];
  if (code === undefined) return undefined;
  return typeof code === "function" ? (code as Handler) : args.complain("code", "a function");
}
