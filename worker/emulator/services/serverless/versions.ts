import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { prefixOf, tupleKey } from "../../core/store/keys";
import type { ServerlessDriver } from "./driver";
import { args, listRequest } from "./input";
import { functionNameOf } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { LATEST, versionKey, type Settings, type State, type StoredFunction, type StoredVersion } from "./state";
import type { FunctionVersion } from "./types";

type VersionOperation = "publishVersion" | "listVersions" | "deleteVersion";

const infoOf = (stored: StoredVersion): FunctionVersion => ({
  functionName: stored.name,
  version: stored.version,
  description: stored.description,
  codeSha256: stored.codeSha256,
  createdAt: new Date(stored.createdAt),
  arn: stored.arn,
});

/** Everything of a function that makes two versions differ. */
const contents = ({ lastModified: _moment, ...settings }: Settings): string =>
  JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The last version, if it is what the function still is. */
function unchanged(state: State, stored: StoredFunction, settings: Settings, sha: string): StoredVersion | undefined {
  const last = stored.published > 0 ? state.versions.get(versionKey(stored.name, String(stored.published))) : undefined;
  return last && last.codeSha256 === sha && last.publishedFrom === contents(settings) ? last : undefined;
}

/** Which alias, if any, stands for a version. */
function aliasOf(state: State, name: string, version: string): string | undefined {
  for (const [, alias] of state.aliases.range({ prefix: prefixOf(name) }))
    if (alias.functionVersion === version || alias.routing?.additionalVersion === version) return alias.name;
  return undefined;
}

export function deleteVersion({ state, handlers }: Parts, name: string, version: string): void {
  if (!/^\d+$/.test(version))
    args.complain("version", `the number of a version, which ${JSON.stringify(version)} is not`);
  state.function(name);
  state.version(name, version);
  const alias = aliasOf(state, name, version);
  if (alias !== undefined) refuse("versionInUse", { name, version, alias, resource: name });
  state.versions.delete(versionKey(name, version));
  state.eventConfigs.delete(tupleKey(name, version));
  handlers.forgetVersion(name, version);
}

/** Unchangeable copies of functions. */
export function versions(parts: Parts): Pick<EngineOf<ServerlessDriver>, VersionOperation> {
  const { state, handlers } = parts;
  return {
    publishVersion(_call, functionName, options) {
      const name = functionNameOf(state, functionName);
      const fields = args.options(options);
      const description = args.optionalText("description", fields["description"]);
      const expected = args.optionalText("codeSha256", fields["codeSha256"]);
      const stored = state.function(name);
      if (stored.state !== "Active") refuse("functionBusy", { name, state: stored.state, resource: name });
      const codeSha256 = handlers.codeSha256(name);
      if (expected !== undefined && expected !== codeSha256)
        refuse("codeChanged", { name, codeSha256, resource: name });
      const { state: _state, published, previous: _previous, readyAt: _readyAt, ...settings } = stored;
      const last = unchanged(state, stored, settings, codeSha256);
      if (last) return infoOf(last);
      const version = String(published + 1);
      const made: StoredVersion = {
        ...settings,
        arn: state.dialect.qualifiedArn(stored.arn, version, "version"),
        description: description ?? stored.description,
        version,
        codeSha256,
        createdAt: state.nowMs(),
        publishedFrom: contents(settings),
      };
      state.versions.set(versionKey(name, version), made);
      state.saveFunction({ ...stored, published: published + 1 });
      handlers.publish(name, version);
      return infoOf(made);
    },

    listVersions(_call, functionName, options) {
      const name = functionNameOf(state, functionName);
      const request = listRequest("listVersions", [name], args.options(options), state.dialect);
      const stored = state.function(name);
      const prefix = prefixOf(name);
      const latest: FunctionVersion = {
        ...{ functionName: name, version: LATEST, description: stored.description },
        codeSha256: handlers.codeSha256(name),
        createdAt: new Date(stored.lastModified),
        arn: `${stored.arn}:${LATEST}`,
      };
      function* all(): Generator<[string, FunctionVersion]> {
        // It stands before all numbers, whose keys go on behind the prefix.
        if (request.after === undefined) yield [prefix, latest];
        const range = state.versions.range({ prefix, ...(request.after !== undefined && { after: request.after }) });
        for (const [key, version] of range) yield [key, infoOf(version)];
      }
      const page = takePage(all(), request.limit, ([key]) => pageToken({ ...request, after: key }));
      return { ...page, items: page.items.map(([, version]) => version) };
    },

    deleteVersion(_call, functionName, version, options) {
      const name = functionNameOf(state, functionName);
      args.options(options);
      deleteVersion(parts, name, args.text("version", version));
    },
  };
}
