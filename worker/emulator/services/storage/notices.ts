import type { Delivery, RetrySchedule, Senders, TargetKind } from "../../core/flow/contract";
import { STORAGE_EVENT, type StorageEvent } from "./events";
import type { State } from "./state";

/** What a bucket may tell: FIFO queues and topics are refused when they are named. */
export const NOTICE_KINDS: readonly TargetKind[] = ["queue", "topic", "function", "bus"];

/** The type under which {@link NoticeTest}s are emitted. */
export const NOTICE_TEST = "storage.noticeTest";

/** Whoever is to be told of changes from now on is told of that first. */
export interface NoticeTest {
  readonly bucket: string;
  readonly bucketArn: string;
  readonly at: number;
  readonly requestId: string;
  /** Queues and topics, each once. */
  readonly targets: readonly { readonly id: string; readonly target: string }[];
}

const ONCE: RetrySchedule = { steps: [] };

/** How changes of objects reach those whom the buckets' configurations name. */
export function notices({ context: { account }, dialect }: State): Senders {
  const forms = dialect.notices;

  function told(event: StorageEvent, ruleId: string, target: string, kinds: readonly TargetKind[]): Delivery {
    const notice = { ...event, ruleId, account };
    return {
      source: event.bucketArn,
      target,
      ...(ruleId !== "" && { via: ruleId }),
      kinds,
      retry: forms.retry,
      since: event.at,
      parcel: (kind) => forms.parcel(notice, kind),
    };
  }

  return {
    [STORAGE_EVENT]: {
      deliveries(event: StorageEvent): Delivery[] {
        // A change that this cloud has no word for is told to nobody, whatever the rule says.
        if (forms.eventType(event) === undefined) return [];
        const deliveries = event.rules.map(({ id, target }) => told(event, id, target, NOTICE_KINDS));
        const { eventBus } = event;
        if (eventBus !== undefined) deliveries.push(told(event, "", forms.busOf(eventBus, account), ["bus"]));
        return deliveries;
      },
    },
    [NOTICE_TEST]: {
      deliveries: ({ bucket, bucketArn, at, requestId, targets }: NoticeTest): Delivery[] =>
        targets.map(({ id, target }) => ({
          ...{ source: bucketArn, target, via: id, kinds: ["queue", "topic"], retry: ONCE },
          parcel(kind) {
            const text = forms.test?.(bucket, at, requestId) ?? "";
            if (kind === "queue") return { kind, body: text };
            return kind === "topic" ? { kind, message: text, subject: "Amazon S3 Notification" } : undefined;
          },
        })),
    },
  };
}
