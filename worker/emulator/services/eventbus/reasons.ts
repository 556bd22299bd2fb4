import { full, invalid, missing, quoted, wrongState } from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type Refuse } from "../../core/service/refusal";

/** Everything an event bus can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(
    () => "pageToken must be the nextPageToken of a page of this very listing: same bus, rule and prefix",
  ),

  noSuchBus: missing(({ bus }) => `there is no event bus ${quoted(bus)}: create it first, or check its name`),
  busTaken: {
    code: "AlreadyExists",
    message: ({ bus }) => `event bus ${quoted(bus)} already exists: choose another name, or use the one that is there`,
  },
  badBusName: invalid(({ bus, rule }) => `${quoted(bus)} is no name for an event bus: it must be ${String(rule)}`),
  busNameMissing: invalid(() => "an event bus must be named: this cloud has no default one"),
  defaultBus: invalid(({ bus }) => `event bus ${quoted(bus)} is the default one, and cannot be deleted`),
  busHasRules: wrongState(({ bus }) => `event bus ${quoted(bus)} has rules: delete them first`),
  tooManyBuses: full(
    ({ max }) => `the account has ${String(max)} event buses, and no more are allowed: delete one first`,
  ),

  noSuchRule: missing(
    ({ rule, bus }) =>
      `there is no rule ${quoted(rule)} on event bus ${quoted(bus)}: create it first, or check its name`,
  ),
  badRuleName: invalid(({ name, rule }) => `${quoted(name)} is no name for a rule: it must be ${String(rule)}`),
  ruleNeedsPattern: invalid(() => "a rule needs an eventPattern, or a scheduleExpression where the cloud has them"),
  badPattern: invalid(),
  badSchedule: invalid(({ argument, rule }) => `${String(argument)} must be ${String(rule)}`),
  noSchedules: {
    code: "Unimplemented",
    message: () => "rules of this cloud have no schedules: it has a scheduler of its own, which is not emulated",
  },
  ruleHasTargets: wrongState(
    ({ rule, bus }) => `rule ${quoted(rule)} on event bus ${quoted(bus)} has targets: remove them first`,
  ),
  tooManyRules: full(({ bus, max }) => `event bus ${quoted(bus)} has ${String(max)} rules, and no more are allowed`),

  badTarget: invalid(),
  tooManyTargets: full(
    ({ rule, max }) =>
      `rule ${quoted(rule)} would have more than ${String(max)} targets: make another rule for the rest`,
  ),

  badEntryCount: invalid(({ count, max }) => `one call puts 1 to ${String(max)} events, not ${String(count)}`),
  entriesTooLarge: invalid(
    ({ size, max }) =>
      `the events are ${String(size)} bytes together, and at most ${String(max)} are allowed: use more calls`,
  ),
  badDetail: invalid(({ rule }) => `detail must be ${String(rule)}`),
  reservedSource: {
    code: "PermissionDenied",
    message: ({ source, prefix }) =>
      `source ${quoted(source)} begins with ${quoted(prefix)}, as only the cloud's own events do`,
  },
  payloadTooLarge: invalid(
    ({ max }) =>
      `what the target's template makes of the event is more than the ${String(max)} characters that are allowed`,
  ),
  nothingAtPath: invalid(
    ({ path }) => `the event has nothing at ${quoted(path)}, which the target's inputPath asks for`,
  ),
} satisfies Record<string, Reason>;

export type EventBusReason = keyof typeof reasons;

/** Stops the call with one of the event bus's reasons. */
export const refuse: Refuse<EventBusReason> = refuseAny;
