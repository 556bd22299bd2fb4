import type { Call } from "../../core/service/call";
import type { Fields } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { prefixOf, tupleKey } from "../../core/store/keys";
import type { MemStore } from "../../core/store/mem-store";
import type { ServerlessDriver } from "./driver";
import { args, listRequest, newName, readCode, readSettings, type GivenSettings } from "./input";
import { readReference, targetOf, type Reference } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { LATEST, type Settings, type State, type StoredFunction } from "./state";
import type { FunctionInfo } from "./types";
import { deleteVersion } from "./versions";

type FunctionOperation =
  "createFunction" | "deleteFunction" | "getFunction" | "listFunctions" | "updateFunction" | "deploy";

/** Copies, so that nobody reaches into the store. */
export function infoOf(
  { handlers }: Parts,
  { state }: StoredFunction,
  settings: Settings,
  version: { readonly version: string; readonly arn: string; readonly codeSha256?: string },
): FunctionInfo {
  const { name, runtime, handler, memoryMb, timeoutMs, description, deadLetterArn, retryOnFailure } = settings;
  return {
    ...{ name, arn: version.arn, runtime, handler, memoryMb, timeoutMs, state },
    environment: { ...settings.environment },
    tags: { ...settings.tags },
    lastModified: new Date(settings.lastModified),
    codeSha256: version.codeSha256 ?? handlers.codeSha256(name),
    version: version.version,
    layers: [...settings.layers],
    description,
    hasHandler: handlers.of(name, version.version, version.codeSha256) !== undefined,
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(retryOnFailure && { retryOnFailure }),
  };
}

/** Removes everything under a function's name. */
function removeAll(store: MemStore<unknown>, name: string): void {
  for (const [key] of [...store.range({ prefix: prefixOf(name) })]) store.delete(key);
}

/** Settings with what was given in place of what was; an empty dead-letter name stands for none. */
function withGiven(settings: Settings, given: GivenSettings, now: number): Settings {
  const { retryOnFailure, deadLetterArn, ...rest } = given;
  const { retryOnFailure: oldRetry, deadLetterArn: oldTarget, ...old } = settings;
  const target = deadLetterArn ?? oldTarget;
  const retries = retryOnFailure ?? oldRetry;
  return {
    ...old,
    ...rest,
    ...(target !== undefined && target !== "" && { deadLetterArn: target }),
    ...(retries === true && { retryOnFailure: true as const }),
    lastModified: now,
  };
}

/** What a function is before anybody says anything. */
function defaults(state: State, name: string): Settings {
  const { dialect, context } = state;
  return {
    name,
    arn: dialect.functionArn(name, context.account),
    runtime: dialect.defaultRuntime,
    handler: "index.handler",
    memoryMb: dialect.memoryMb.default,
    timeoutMs: dialect.timeoutMs.default,
    environment: Object.freeze({}),
    tags: Object.freeze({}),
    layers: Object.freeze([]),
    description: "",
    lastModified: state.nowMs(),
  };
}

/** Functions themselves. */
export function functions(parts: Parts): Pick<EngineOf<ServerlessDriver>, FunctionOperation> {
  const { state, handlers, transitions, mappings } = parts;

  const latestInfo = (stored: StoredFunction): FunctionInfo =>
    infoOf(parts, stored, stored, { version: LATEST, arn: stored.arn });

  function create(call: Call, fields: Fields): FunctionInfo {
    const name = newName(fields["name"], state.dialect.functionName);
    const given = readSettings(fields, state);
    const code = readCode(fields);
    if (state.functions.has(tupleKey(name))) refuse("functionTaken", { name, resource: name });
    const settings = withGiven(defaults(state, name), given, state.nowMs());
    const stored = transitions.creating({ ...settings, state: "Active", published: 0 });
    state.saveFunction(stored);
    if (code) handlers.register(name, code);
    mappings.functionChanged(call, name);
    return latestInfo(stored);
  }

  function update(fields: Fields, name: string): FunctionInfo {
    const given = readSettings(fields, state);
    const code = readCode(fields);
    const before = state.function(name);
    if (before.state !== "Active") refuse("functionBusy", { name, state: before.state, resource: name });
    const settings = withGiven(before, given, state.nowMs());
    const stored = transitions.updating(before, { ...before, ...settings }, code);
    state.saveFunction(stored);
    return latestInfo(stored);
  }

  /** A function as a whole: a qualifier other than `$LATEST` says something else. */
  function whole(value: unknown): string {
    const { name, qualifier } = readReference(state, value, "name");
    if (qualifier !== undefined && qualifier !== LATEST) args.complain("name", "a function, without a qualifier");
    return name;
  }

  function remove(name: string): void {
    state.function(name);
    state.functions.delete(tupleKey(name));
    for (const store of [state.versions, state.aliases, state.eventConfigs, state.invocations]) removeAll(store, name);
    state.figures.delete(tupleKey("invocations", name));
    parts.concurrency.reserve(name, undefined);
    handlers.forgetVersions(name);
  }

  const removeQualified = ({ name, qualifier = "" }: Reference): void => {
    deleteVersion(parts, name, qualifier);
  };

  return {
    createFunction(call, config) {
      return create(call, args.object("config", config));
    },

    deleteFunction(call, name, options) {
      args.options(options);
      const reference = readReference(state, name, "name");
      if (reference.qualifier !== undefined) return removeQualified(reference);
      remove(reference.name);
      mappings.functionChanged(call, reference.name);
    },

    getFunction(_call, name, options) {
      const reference = readReference(state, name, "name");
      args.options(options);
      const target = targetOf(state, reference, false);
      const { version, arn, settings } = target;
      if (version === LATEST) return infoOf(parts, target.function, target.function, { version, arn });
      const { codeSha256 } = state.version(reference.name, version);
      return infoOf(parts, target.function, settings, { version, arn, codeSha256 });
    },

    listFunctions(_call, options) {
      const request = listRequest("listFunctions", [], args.options(options), state.dialect);
      const entries = state.functions.range({ ...(request.after !== undefined && { after: request.after }) });
      const page = takePage(entries, request.limit, ([key]) => pageToken({ ...request, after: key }));
      return { ...page, items: page.items.map(([, stored]) => latestInfo(stored)) };
    },

    updateFunction(_call, name, config) {
      return update(args.object("config", config), whole(name));
    },

    deploy(call, config) {
      const fields = args.object("config", config);
      if (typeof fields["code"] !== "function") args.complain("code", "a function");
      const name = args.text("name", fields["name"]);
      return state.functions.has(tupleKey(name)) ? update(fields, name) : create(call, fields);
    },
  };
}

/** Gives functions their code: wiring of the run, which no call of a cloud is made of. */
export function handlerRegistry({ state, handlers }: Parts): Pick<EngineOf<ServerlessDriver>, "registerHandler"> {
  return {
    registerHandler(_call, name, handler) {
      const { name: function_ } = readReference(state, name, "name");
      const given: unknown = handler;
      if (given !== null && typeof given !== "function") args.complain("handler", "a function, or null");
      handlers.register(function_, handler);
    },
  };
}
