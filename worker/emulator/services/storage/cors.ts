import { Arguments } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { StorageDialect } from "./dialect";
import type { StorageDriver } from "./driver";
import { args, bucketName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { Settings } from "./settings";
import type { CORSRule } from "./types";
import { matches } from "./wildcards";

const shape = new Arguments((argument, rule) => refuse("badCors", { argument, rule }));
const values = new Arguments((argument, rule) => refuse("badCorsValue", { argument, rule }));

const stars = (text: string): number => text.split("*").length - 1;

function readRule(element: unknown, at: string, { corsMethods }: StorageDialect): CORSRule {
  const fields = shape.object(at, element);
  const several = (name: string): string[] => {
    const texts = shape.texts(`${at}.${name}`, fields[name]);
    return texts.length > 0 ? texts : shape.complain(`${at}.${name}`, "at least one");
  };
  const rule: CORSRule = { allowedOrigins: several("allowedOrigins"), allowedMethods: several("allowedMethods") };
  for (const method of rule.allowedMethods) values.oneOf(`${at}.allowedMethods`, method, corsMethods);
  const tooWild = rule.allowedOrigins.find((origin) => stars(origin) > 1);
  if (tooWild !== undefined)
    values.complain(`${at}.allowedOrigins`, `written with one * each, and not ${JSON.stringify(tooWild)}`);
  if (fields["allowedHeaders"] !== undefined)
    rule.allowedHeaders = shape.texts(`${at}.allowedHeaders`, fields["allowedHeaders"]);
  if (rule.allowedHeaders?.some((header) => stars(header) > 1))
    values.complain(`${at}.allowedHeaders`, "written with one * each");
  if (fields["exposeHeaders"] !== undefined)
    rule.exposeHeaders = shape.texts(`${at}.exposeHeaders`, fields["exposeHeaders"]);
  const maxAgeSeconds = shape.optionalInteger(`${at}.maxAgeSeconds`, fields["maxAgeSeconds"], 0);
  if (maxAgeSeconds !== undefined) rule.maxAgeSeconds = maxAgeSeconds;
  return rule;
}

function readCors(config: unknown, dialect: StorageDialect): CORSRule[] {
  const rules = shape.object("config", config)["rules"];
  if (Array.isArray(rules) && (rules.length === 0 || rules.length > dialect.maxCorsRules)) {
    shape.complain("rules", `1 to ${dialect.maxCorsRules} rules`);
  }
  return shape.list("rules", rules, (element, at) => readRule(element, at, dialect));
}

interface Preflight {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

function fitsRule(rule: CORSRule, { origin, method, headers }: Preflight): boolean {
  const pattern = { single: false, ignoreCase: true };
  return (
    rule.allowedMethods.includes(method) &&
    rule.allowedOrigins.some((allowed) => matches(allowed, origin, { single: false })) &&
    headers.every((header) => rule.allowedHeaders?.some((allowed) => matches(allowed, header, pattern)) === true)
  );
}

function headersOf(rule: CORSRule, { origin, headers }: Preflight): Record<string, string> {
  return {
    "access-control-allow-origin": rule.allowedOrigins.includes("*") ? "*" : origin,
    "access-control-allow-methods": rule.allowedMethods.join(", "),
    ...(headers.length > 0 && { "access-control-allow-headers": headers.join(", ").toLowerCase() }),
    ...(rule.exposeHeaders &&
      rule.exposeHeaders.length > 0 && { "access-control-expose-headers": rule.exposeHeaders.join(", ") }),
    ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
  };
}

type CorsOperation = "putCORSConfig" | "getCORSConfig" | "deleteCORSConfig" | "evaluateCORS";

/** Which pages of other origins may use a bucket. */
export function cors({ state }: Parts): Pick<EngineOf<StorageDriver>, CorsOperation> {
  const settings = new Settings(state);
  return {
    putCORSConfig(_call, bucket, config, options) {
      settings.put(bucket, "cors", () => readCors(config, state.dialect), options);
    },

    getCORSConfig(_call, bucket, options) {
      return { rules: [...settings.get(bucket, "cors", "noCors", options)] };
    },

    deleteCORSConfig(_call, bucket, options) {
      settings.delete(bucket, "cors", options);
    },

    evaluateCORS(_call, bucket, request, options) {
      const name = bucketName(bucket);
      const fields = args.object("request", request);
      const preflight = {
        origin: args.text("origin", fields["origin"]),
        method: args.text("method", fields["method"]),
        headers: fields["headers"] === undefined ? [] : args.texts("headers", fields["headers"]),
      };
      args.options(options);
      const rule = state.bucket(name).cors?.find((candidate) => fitsRule(candidate, preflight));
      return rule ? { allowed: true, headers: headersOf(rule, preflight) } : { allowed: false, headers: {} };
    },
  };
}
