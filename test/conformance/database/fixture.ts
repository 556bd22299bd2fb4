import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { Call } from "../../../worker/emulator/core/service/call";
import type { CallObserver } from "../../../worker/emulator/core/service/concerns";
import { Database } from "../../../worker/emulator/services/database/database";
import type {
  DatabaseDriver,
  Item,
  StreamRecord,
  TableConfig,
} from "../../../worker/emulator/services/database/driver";
import type { Cloud } from "../harness";

export const NAME = "users";

/** What a call was, and what became of it. */
export interface Seen {
  readonly operation: string;
  readonly origin: string;
  readonly code: string;
  readonly input: unknown;
  readonly at: number;
}

/** Keeps what passes by a portable object and the clock. */
export class Watch implements CallObserver {
  readonly calls: Seen[] = [];

  observe({ operation, origin, code, input, startedAt }: Call): void {
    this.calls.push({ operation, origin, code, input, at: startedAt });
  }

  of(operation: string): Seen[] {
    return this.calls.filter((call) => call.operation === operation);
  }
}

export interface Fixture {
  readonly driver: DatabaseDriver;
  readonly database: Database;
  readonly clock: FakeClock;
  readonly watch: Watch;
}

/** Of a table by partition alone. */
export const BY_ID: Omit<TableConfig, "name"> = { partitionKey: { name: "id", type: "S" } };
/** Of a table by partition and sort key, of any type. */
export const BY_PAIR: Omit<TableConfig, "name"> = { partitionKey: "pk", sortKey: "sk" };

export interface Wanted {
  readonly dialect?: Readonly<Record<string, unknown>>;
  readonly start?: string;
  readonly table?: Omit<TableConfig, "name"> | null;
}

/** An account, and unless told otherwise a table `users` by `id` in it. */
export async function open(cloud: Cloud, { dialect, start, table = BY_ID }: Wanted = {}): Promise<Fixture> {
  const watch = new Watch();
  const { provider, clock } = cloud.open({
    recorder: watch,
    ...(dialect && { dialect: { database: dialect } }),
    ...(start !== undefined && { start }),
  });
  const database = new Database(provider);
  if (table !== null) await database.createTable({ name: NAME, ...table });
  return { driver: provider.database, database, clock, watch };
}

/** All items of a table, in its order. */
export async function all(database: Database, table = NAME): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of database.scanItems(table)) items.push(item);
  return items;
}

/** Values of one attribute. */
export const the = (name: string, items: readonly Item[]): unknown[] => items.map((item) => item[name]);

/** What a stream says, from its beginning. */
export async function records(database: Database, table = NAME): Promise<StreamRecord[]> {
  return (await database.getStreamRecords(table, { limit: 1000 })).items;
}

export const text = (length: number): string => "x".repeat(length);
