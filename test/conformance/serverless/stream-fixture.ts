import type { Handler, MappingConfig, MappingInfo } from "../../../worker/emulator/services/serverless/driver";
import { Database } from "../../../worker/emulator/services/database/database";
import type { Cloud } from "../harness";
import { NAME, open, type Fixture } from "./fixture";

export interface StreamFixture extends Fixture {
  readonly tables: Database;
  readonly streamArn: string;
  connect(options?: Partial<MappingConfig>): Promise<MappingInfo>;
  write(...ids: string[]): Promise<void>;
}

export async function openStream(cloud: Cloud, options: Parameters<typeof open>[1] = {}): Promise<StreamFixture> {
  const fixture = await open(cloud, options);
  const tables = new Database(fixture.provider);
  await tables.createTable({ name: "users", partitionKey: "id" });
  await tables.updateStreamConfig("users", { enabled: true });
  const { streamArn, arn } = await tables.describeTable("users");
  const source = streamArn ?? arn;
  return {
    ...fixture,
    tables,
    streamArn: source,
    connect: (given) =>
      fixture.fn.createEventSourceMapping({
        eventSourceArn: source,
        functionName: NAME,
        startingPosition: "TRIM_HORIZON",
        ...given,
      }),
    async write(...ids) {
      for (const id of ids) await tables.putItem("users", { id });
    },
  };
}

export interface AwsRecord {
  readonly dynamodb: { readonly Keys: { readonly id: { readonly S: string } }; readonly SequenceNumber: string };
}

/** Ids of the items of one function event, whichever cloud it is of. */
export function idsOf(event: unknown): string {
  const { Records, subject } = event as { Records?: AwsRecord[]; subject?: string };
  if (Records) return Records.map(({ dynamodb }) => dynamodb.Keys.id.S).join("");
  if (subject !== undefined) return subject.slice(subject.lastIndexOf("/") + 1);
  return (event as { current: { id: string } }[]).map(({ current }) => current.id).join("");
}

export function keeper(then: (ids: string, event: unknown) => unknown = () => undefined): {
  calls: string[];
  code: Handler;
} {
  const calls: string[] = [];
  const code: Handler = (event: unknown) => {
    calls.push(idsOf(event));
    return then(idsOf(event), event);
  };
  return { calls, code };
}

export const failing =
  (id: string) =>
  (ids: string): void => {
    if (ids.includes(id)) throw new Error(`no ${id}`);
  };
