import { invalid, missing, quoted, taken, throttled, wrongState } from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type Refuse } from "../../core/service/refusal";

/** Everything functions can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(() => "pageToken must be the nextPageToken of a page of this very listing"),
  badName: invalid(({ name, rule }) => `${quoted(name)} is no name for this: it must be ${String(rule)}`),
  badAlias: invalid(),
  badPayload: invalid(({ why }) => `the payload must be JSON: ${String(why)}`),
  payloadTooLarge: invalid(
    ({ size, max }) => `the payload is ${String(size)} bytes, and at most ${String(max)} are allowed`,
  ),
  unknownLayer: invalid(({ layer }) => `there is no layer version ${quoted(layer)}: publish it first`),

  noSuchFunction: missing(({ name }) => `there is no function ${quoted(name)}: create it first, or check its name`),
  noSuchVersion: missing(({ name, version }) => `function ${quoted(name)} has no version ${quoted(version)}`),
  noSuchAlias: missing(({ name, alias }) => `function ${quoted(name)} has no alias ${quoted(alias)}`),
  noSuchLayer: missing(({ layer }) => `there is no layer ${quoted(layer)}`),
  noSuchMapping: missing(({ uuid }) => `there is no event source mapping ${quoted(uuid)}`),
  noConcurrency: missing(({ name }) => `function ${quoted(name)} has no reserved concurrency`),
  noEventConfig: missing(({ name }) => `function ${quoted(name)} has no configuration of asynchronous events`),

  functionTaken: taken(({ name }) => `function ${quoted(name)} already exists: update it, or choose another name`),
  aliasTaken: taken(({ name, alias }) => `function ${quoted(name)} already has an alias ${quoted(alias)}`),
  mappingTaken: taken(
    ({ uuid }) => `this source and this function are connected already, by event source mapping ${quoted(uuid)}`,
  ),

  versionInUse: wrongState(
    ({ name, version, alias }) =>
      `version ${String(version)} of function ${quoted(name)} is in use by alias ${quoted(alias)}: point it elsewhere first`,
  ),
  codeChanged: wrongState(
    ({ name, codeSha256 }) => `the code of function ${quoted(name)} has another SHA-256: ${String(codeSha256)}`,
  ),
  functionBusy: wrongState(
    ({ name, state }) => `function ${quoted(name)} is ${String(state)}: wait until it is Active`,
  ),
  mappingBusy: wrongState(
    ({ uuid, state }) => `event source mapping ${quoted(uuid)} is ${String(state)}: wait a little`,
  ),
  streamOff: wrongState(({ source }) => `${quoted(source)} has no stream that is on: switch it on first`),

  throttled: throttled(() => "Rate Exceeded."),

  functionUnknown: invalid(() => "Function does not exist"),
  noSuchSource: invalid(({ source }) => `there is no queue and no table stream ${quoted(source)}`),
  noSuchTarget: invalid(({ argument, target }) => `${String(argument)}: there is no ${String(target)} to send to`),
  shortVisibility: invalid(
    ({ visibilityMs, timeoutMs }) =>
      `the queue's visibility timeout of ${String(visibilityMs)} ms is less than the function's timeout of ${String(timeoutMs)} ms`,
  ),
  wrongKind: invalid(({ argument, kind }) => `${String(argument)} is no option of a ${String(kind)}`),
  unsupported: invalid(({ argument }) => `${String(argument)} is no option on this cloud`),
} satisfies Record<string, Reason>;

export type ServerlessReason = keyof typeof reasons;

/** Stops the call with one of the functions' reasons. */
export const refuse: Refuse<ServerlessReason> = refuseAny;
