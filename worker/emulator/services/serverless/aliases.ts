import type { Fields } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { prefixOf, tupleKey } from "../../core/store/keys";
import type { ServerlessDriver } from "./driver";
import { aliasArgs, args, listRequest } from "./input";
import { functionNameOf } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { LATEST, type State, type StoredAlias } from "./state";
import type { Alias, AliasRouting } from "./types";

type AliasOperation = "createAlias" | "updateAlias" | "deleteAlias" | "getAlias" | "listAliases";

const NAME = /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/;

const infoOf = ({ functionName, name, functionVersion, description, routing, arn, createdAt }: StoredAlias): Alias => ({
  ...{ functionName, name, functionVersion, description },
  ...(routing && { routing: { ...routing } }),
  arn,
  createdAt: new Date(createdAt),
});

/** A version that there is; `$LATEST` is one. */
function versionOf(state: State, name: string, argument: string, value: unknown): string {
  const version = args.text(argument, value);
  if (version !== LATEST) state.version(name, version);
  return version;
}

function routingOf(state: State, name: string, value: unknown, main: string): AliasRouting | undefined {
  if (value === undefined || value === null) return undefined;
  const { additionalVersion, weight } = args.object("routing", value);
  if (typeof weight !== "number" || !(weight >= 0 && weight <= 1)) aliasArgs.complain("routing.weight", "from 0 to 1");
  const additional = args.text("routing.additionalVersion", additionalVersion);
  if (additional === LATEST || main === LATEST)
    args.complain("routing", `between two published versions: ${LATEST} is none`);
  if (additional === main) args.complain("routing.additionalVersion", "another version than the alias's own");
  return {
    additionalVersion: versionOf(state, name, "routing.additionalVersion", additional),
    weight: weight as number,
  };
}

/** Names for versions. */
export function aliases(parts: Parts): Pick<EngineOf<ServerlessDriver>, AliasOperation> {
  const { state, mappings } = parts;

  function named(fields: Fields): { functionName: string; name: string } {
    const functionName = functionNameOf(state, fields["functionName"]);
    const name = fields["name"];
    if (typeof name !== "string" || !NAME.test(name))
      aliasArgs.complain("name", "1 to 128 of A-Z, a-z, 0-9, - and _, and not digits alone");
    return { functionName, name: name as string };
  }

  function keep(alias: Omit<StoredAlias, "routing">, routing: AliasRouting | undefined): Alias {
    const stored: StoredAlias = { ...alias, ...(routing && { routing }) };
    state.aliases.set(tupleKey(alias.functionName, alias.name), stored);
    return infoOf(stored);
  }

  return {
    createAlias(call, config) {
      const fields = args.object("config", config);
      const { functionName, name } = named(fields);
      const description = args.optionalText("description", fields["description"]) ?? "";
      const { arn } = state.function(functionName);
      const functionVersion = versionOf(state, functionName, "functionVersion", fields["functionVersion"]);
      const routing = routingOf(state, functionName, fields["routing"], functionVersion);
      if (state.aliases.has(tupleKey(functionName, name)))
        refuse("aliasTaken", { name: functionName, alias: name, resource: functionName });
      const aliasArn = state.dialect.qualifiedArn(arn, name, "alias");
      const createdAt = state.nowMs();
      const alias = keep({ functionName, name, functionVersion, description, arn: aliasArn, createdAt }, routing);
      mappings.functionChanged(call, functionName);
      return alias;
    },

    updateAlias(_call, config) {
      const fields = args.object("config", config);
      const { functionName, name } = named(fields);
      state.function(functionName);
      const { routing: before, ...alias } = state.alias(functionName, name);
      const functionVersion =
        fields["functionVersion"] === undefined
          ? alias.functionVersion
          : versionOf(state, functionName, "functionVersion", fields["functionVersion"]);
      const description = args.optionalText("description", fields["description"]) ?? alias.description;
      const asked = fields["routing"] === undefined ? before : fields["routing"];
      const routing = routingOf(state, functionName, asked, functionVersion);
      return keep({ ...alias, functionVersion, description }, routing);
    },

    deleteAlias(_call, functionName, name, options) {
      const owner = functionNameOf(state, functionName);
      const alias = args.text("name", name);
      args.options(options);
      state.function(owner);
      if (!state.aliases.delete(tupleKey(owner, alias)) && !state.dialect.toleratesMissing)
        refuse("noSuchAlias", { name: owner, alias, resource: owner });
      state.eventConfigs.delete(tupleKey(owner, alias));
    },

    getAlias(_call, functionName, name, options) {
      const owner = functionNameOf(state, functionName);
      const alias = args.text("name", name);
      args.options(options);
      state.function(owner);
      return infoOf(state.alias(owner, alias));
    },

    listAliases(_call, functionName, options) {
      const owner = functionNameOf(state, functionName);
      const request = listRequest("listAliases", [owner], args.options(options), state.dialect);
      state.function(owner);
      const range = state.aliases.range({
        prefix: prefixOf(owner),
        ...(request.after !== undefined && { after: request.after }),
      });
      const page = takePage(range, request.limit, ([key]) => pageToken({ ...request, after: key }));
      return { ...page, items: page.items.map(([, alias]) => infoOf(alias)) };
    },
  };
}
