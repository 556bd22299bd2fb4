import { utf8Length } from "../../core/bytes";
import { Arguments } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { StorageDriver } from "./driver";
import { args, bucketName, objectKey } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { Settings } from "./settings";
import type { State } from "./state";
import type { BucketPolicy, PolicyStatement } from "./types";
import { matches } from "./wildcards";

const VERSIONS = ["2012-10-17", "2008-10-17"] as const;
const shape = new Arguments((argument, rule) => refuse("badPolicy", { argument, rule }));

/**
 * Which objects of a bucket a policy's resource names: a pattern of keys, `""` for the bucket itself, `undefined` when it lies outside. A resource is written as
 * the cloud's own name, or, the same everywhere, as `photos/a.jpg` or `storage/photos/a.jpg`.
 */
function keysNamed({ dialect, context }: State, bucket: string, resource: string): string | undefined {
  const arn = dialect.bucketArn(bucket, context.account);
  if ([arn, bucket, `storage/${bucket}`].includes(resource)) return "";
  const beginnings = [
    dialect.objectArn(arn, ""),
    dialect.objectUrl(bucket, "", context.account),
    `${bucket}/`,
    `storage/${bucket}/`,
  ];
  const beginning = beginnings.find((text) => resource.startsWith(text) && resource.length > text.length);
  return beginning && resource.slice(beginning.length);
}

function readStatement(element: unknown, at: string, state: State, bucket: string): PolicyStatement {
  const fields = shape.object(at, element);
  const statement: PolicyStatement = {
    effect: shape.oneOf(`${at}.effect`, fields["effect"], ["Allow", "Deny"]),
    principal: shape.text(`${at}.principal`, fields["principal"]),
    actions: shape.texts(`${at}.actions`, fields["actions"]),
    resources: shape.texts(`${at}.resources`, fields["resources"]),
  };
  if (statement.actions.length === 0) shape.complain(`${at}.actions`, "at least one action");
  if (statement.resources.length === 0) shape.complain(`${at}.resources`, "at least one resource");
  const outside = statement.resources.find((resource) => keysNamed(state, bucket, resource) === undefined);
  if (outside !== undefined)
    shape.complain(`${at}.resources`, `in bucket ${JSON.stringify(bucket)}, which ${JSON.stringify(outside)} is not`);
  return statement;
}

function readPolicy(policy: unknown, state: State, bucket: string): BucketPolicy {
  const fields = shape.object("policy", policy);
  const version = shape.oneOf("version", fields["version"], VERSIONS);
  const statements = shape.list("statements", fields["statements"], (element, at) =>
    readStatement(element, at, state, bucket),
  );
  if (statements.length === 0) shape.complain("statements", "at least one statement");
  const read = { version, statements };
  const { maxPolicyBytes } = state.dialect;
  if (utf8Length(JSON.stringify(read)) > maxPolicyBytes)
    shape.complain("policy", `at most ${maxPolicyBytes} bytes as JSON`);
  return read;
}

type PolicyOperation = "putBucketPolicy" | "getBucketPolicy" | "deleteBucketPolicy" | "checkBucketAccess";

/** Who may do what. */
export function policy({ state }: Parts): Pick<EngineOf<StorageDriver>, PolicyOperation> {
  const settings = new Settings(state);
  return {
    putBucketPolicy(_call, bucket, given, options) {
      settings.put(bucket, "policy", (name) => readPolicy(given, state, name), options);
    },

    getBucketPolicy(_call, bucket, options) {
      return settings.get(bucket, "policy", "noPolicy", options);
    },

    deleteBucketPolicy(_call, bucket, options) {
      settings.delete(bucket, "policy", options);
    },

    checkBucketAccess(_call, bucket, request, options) {
      const name = bucketName(bucket);
      const fields = args.object("request", request);
      const principal = args.text("principal", fields["principal"]);
      const action = args.text("action", fields["action"]);
      const key = fields["key"] === undefined ? undefined : objectKey(fields["key"], state.dialect);
      args.options(options);
      const fitting = (state.bucket(name).policy?.statements ?? []).filter(
        (statement) =>
          matches(statement.principal, principal) &&
          statement.actions.some((pattern) => matches(pattern, action, { ignoreCase: true })) &&
          statement.resources.some((resource) => {
            const keys = keysNamed(state, name, resource) ?? "";
            // `photos/*` names objects, however it is matched: never the bucket itself.
            return key === undefined ? keys === "" : matches(keys, key);
          }),
      );
      if (fitting.some(({ effect }) => effect === "Deny")) return "Deny";
      return fitting.length > 0 ? "Allow" : "ImplicitDeny";
    },
  };
}
