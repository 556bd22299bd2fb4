import {
  full,
  invalid,
  missing,
  quoted,
  taken,
  unimplemented,
  wrongState,
  type Message,
} from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type RefusalDetails, type Refuse } from "../../core/service/refusal";

const text: Message = (details) => String(details.text);

/** Everything a database can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(() => "pageToken must be the nextPageToken of a page of this very query, scan or list"),

  // ---- tables ----
  noSuchTable: missing(({ table }) => `there is no table ${quoted(table)}: create it first, or check its name`),
  tableTaken: taken(
    ({ table }) => `table ${quoted(table)} already exists: choose another name or use the one that is there`,
  ),
  badTableName: invalid(({ table, rule }) => `${quoted(table)} is no table name: it must be ${String(rule)}`),
  badSchema: invalid(),
  badTags: invalid(),
  tooManyTables: full(({ max }) => `the account has ${String(max)} tables, and no more are allowed: delete one first`),
  tableProtected: wrongState(
    ({ table }) =>
      `table ${quoted(table)} is protected against deletion: switch deletionProtection off with updateTable first`,
  ),
  tableNotReady: wrongState(
    ({ table, status }) => `table ${quoted(table)} is ${String(status)}: wait until it is ACTIVE`,
  ),
  sameBilling: invalid(({ table }) => `table ${quoted(table)} has these very units already: ask for others`),

  // ---- items ----
  noSuchItem: missing(({ table, key }) => `table ${quoted(table)} has no item with the key ${String(key)}`),
  badKey: invalid(),
  badValue: invalid(({ path, rule }) => `${String(path)} must be ${String(rule)}`),
  itemTooLarge: invalid(({ size, max, update }) =>
    update === true
      ? `Item size to update has exceeded the maximum allowed size: ${String(size)} bytes, and at most ${String(max)} are allowed`
      : `Item size has exceeded the maximum allowed size: ${String(size)} bytes, and at most ${String(max)} are allowed`,
  ),
  badFilter: invalid(),
  badAction: invalid(),
  keyAsTarget: invalid(
    ({ name }) =>
      `Cannot update attribute ${String(name)}. This attribute is part of the key: put another item instead`,
  ),
  badExpression: invalid(text),
  expressionsUnsupported: unimplemented(
    () => "this cloud has no such expressions: use a filter, key condition, projection or update actions",
  ),
  conditionFailed: wrongState(() => "The conditional request failed", 400),
  etagDiffers: wrongState(
    ({ table, key }) => `item ${String(key)} in ${quoted(table)} was written since, its etag is another: read it again`,
    412,
  ),
  etagsUnsupported: unimplemented(() => "this cloud has no etags: use a condition on an attribute of your own"),
  throttled: {
    code: "Throttled",
    message: ({ table, units, kind }) =>
      `table ${quoted(table)} has no more ${String(kind)} capacity for now (${String(units)} units a second): wait, or provision more`,
  },

  // ---- queries ----
  noSuchIndex: missing(({ table, index }) => `table ${quoted(table)} has no index ${quoted(index)}`),
  badQuery: invalid(),
  noCompositeIndex: wrongState(
    ({ fields }) => `the query needs an index: create one with partitionKey and sortKey of ${String(fields)}`,
    400,
  ),

  // ---- indexes ----
  indexTaken: taken(({ table, index }) => `table ${quoted(table)} has an index ${quoted(index)} already`),
  indexNotReady: wrongState(
    ({ index, status }) => `index ${quoted(index)} is ${String(status)}: wait until it is ACTIVE`,
  ),
  badIndex: invalid(),
  localUnsupported: unimplemented(
    ({ index }) => `index ${quoted(index)} cannot be local: this cloud has global indexes only`,
  ),
  tooManyIndexes: full(
    ({ table, max, kind }) =>
      `table ${quoted(table)} may have ${String(max)} ${String(kind)} indexes and no more: delete one first`,
  ),

  // ---- batches and transactions ----
  badBatch: invalid(),
  tooLarge: invalid(
    ({ size, max }) => `together they are ${String(size)} bytes, and at most ${String(max)} are allowed: send fewer`,
  ),
  transactionCancelled: wrongState(text, 400),
  tokenReused: invalid(
    () => "idempotencyToken was used within 10 minutes with other operations: use one of its own for each transaction",
  ),

  // ---- TTL and streams ----
  ttlState: wrongState(({ state }) => `TimeToLive is already ${String(state)}`),
  streamState: wrongState(({ rule }) => String(rule)),
  streamOff: wrongState(
    ({ table }) => `table ${quoted(table)} has no stream: switch it on with updateStreamConfig first`,
  ),
  noSuchStream: missing(({ streamArn }) => `there is no stream ${quoted(streamArn)}, or its records are all trimmed`),
  streamTrimmed: wrongState(
    () => "the records after this token are past the trim point of the stream: read on from TRIM_HORIZON",
  ),
} satisfies Record<string, Reason>;

/** What a reason says where no call is refused with it. */
export const messageOf = (reason: DatabaseReason, details: RefusalDetails): string =>
  (reasons[reason].message as Message)(details);

export type DatabaseReason = keyof typeof reasons;

/** Stops the call with one of the database's reasons. */
export const refuse: Refuse<DatabaseReason> = refuseAny;
