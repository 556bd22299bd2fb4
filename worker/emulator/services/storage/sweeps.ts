import type { Call } from "../../core/service/call";
import type { TimerId } from "../../core/clock/clock";
import { tupleKey } from "../../core/store/keys";
import { deleteCurrent } from "./deleting";
import { DAY_MS, evaluate, midnightAfter, midnightFrom, type Due } from "./due";
import { announce } from "./events";
import { dropUpload } from "./multipart";
import type { ObjectVersionRef } from "./types";
import type { Parts } from "./parts";
import type { State, StoredBucket } from "./state";
import type { Versions } from "./versions";

/** What was done to a bucket by its rules. */
export interface Swept {
  expired: string[];
  removed: ObjectVersionRef[];
  transitioned: (ObjectVersionRef & { storageClass: string })[];
  aborted: { key: string; uploadId: string }[];
}

/** The part of what rules want that is to be done: deletions once `deletes` holds for the moment they are due from, the rest once due. */
function select(due: Due, now: number, deletes: (dueAt: number) => boolean): Due {
  const expiring = new Set(due.expire.filter(({ dueAt }) => dueAt <= now).map(({ version }) => version.key));
  return {
    expire: due.expire.filter(({ dueAt }) => deletes(dueAt)),
    remove: due.remove.filter(({ dueAt }) => deletes(dueAt)),
    // Expiration wins, also while the object waits for its sweep.
    transition: due.transition.filter(({ dueAt, version }) => dueAt <= now && !expiring.has(version.key)),
    abort: due.abort.filter(({ dueAt }) => dueAt <= now),
  };
}

const isEmpty = ({ expire, remove, transition, abort }: Due): boolean =>
  expire.length + remove.length + transition.length + abort.length === 0;

const dueForADay =
  (now: number) =>
  (dueAt: number): boolean =>
    now - dueAt > DAY_MS;

/**
 * Lifecycle rules at work: a sweep of each bucket that has some, at midnight UTC. The timers are not state: they follow from it.
 *
 * A sweep looks at everything its rules' prefixes name, so it is not armed for each midnight but for the first one at which there can be work: by what it
 * saw, or by what may be written from now on. Whatever makes something old turn up calls `hurry`.
 */
export class Sweeps {
  private readonly timers = new Map<string, TimerId>();
  private readonly parts: Parts;

  constructor(
    private readonly state: State,
    versions: Versions,
  ) {
    this.parts = { state, versions, sweeps: this };
  }

  /** Looks at the bucket again at the next midnight. */
  hurry(bucket: StoredBucket): void {
    if (bucket.lifecycle) this.arm(bucket.name, midnightAfter(this.state.nowMs()));
  }

  /** No more sweeps of a bucket. */
  forget(bucket: string): void {
    const timer = this.timers.get(bucket);
    if (timer !== undefined) this.state.context.cancel(timer);
    this.timers.delete(bucket);
  }

  /** Arms the timers that buckets stored at the moment `since` call for, and no others. One sweep makes up for all midnights between then and now. */
  resume(since: number): void {
    for (const bucket of [...this.timers.keys()]) this.forget(bucket);
    for (const [, bucket] of this.state.buckets.range())
      if (bucket.lifecycle) this.arm(bucket.name, midnightAfter(since));
  }

  /** Keys whose expiration is due now. */
  dueKeys(bucket: StoredBucket): string[] {
    const now = this.state.nowMs();
    const { expire } = evaluate(this.parts, bucket);
    return expire.filter(({ dueAt }) => dueAt <= now).map(({ version }) => version.key);
  }

  /** Does everything that is due now, without waiting for a sweep. */
  applyNow(call: Call, bucket: StoredBucket): Swept {
    const now = this.state.nowMs();
    return this.act(
      call,
      bucket,
      select(evaluate(this.parts, bucket), now, (dueAt) => dueAt <= now),
    );
  }

  private arm(bucket: string, atMs: number): void {
    this.forget(bucket);
    const { clock } = this.state.context;
    const options = { label: "storage.lifecycleSweep", background: true };
    this.timers.set(
      bucket,
      clock.setTimer(Math.max(0, atMs - clock.nowMs()), () => this.wake(bucket), options),
    );
  }

  /** A sweep that finds nothing to do leaves no record. */
  private wake(name: string): void {
    this.timers.delete(name);
    const bucket = this.state.buckets.get(tupleKey(name));
    if (!bucket?.lifecycle) return;
    const due = evaluate(this.parts, bucket);
    const midnight = this.lastMidnight();
    const work = select(due, midnight, dueForADay(midnight));
    if (isEmpty(work)) this.arm(name, this.nextWork(bucket, due));
    else
      this.timers.set(
        name,
        this.state.context.at(this.state.nowMs(), "lifecycleExpire", { bucket: name }, (call) =>
          this.sweep(call, name),
        ),
      );
  }

  private sweep(call: Call, name: string): Swept {
    const bucket = this.state.bucket(name);
    const midnight = this.lastMidnight();
    const swept = this.act(call, bucket, select(evaluate(this.parts, bucket), midnight, dueForADay(midnight)));
    this.arm(name, this.nextWork(bucket, evaluate(this.parts, bucket)));
    return swept;
  }

  /** Sweeps are at midnight; one that comes late does no more than it would have done then. */
  private lastMidnight(): number {
    return Math.floor(this.state.nowMs() / DAY_MS) * DAY_MS;
  }

  private nextWork(bucket: StoredBucket, due: Due): number {
    const now = this.state.nowMs();
    let next = Infinity;
    for (const { dueAt } of [...due.expire, ...due.remove]) next = Math.min(next, midnightAfter(dueAt + DAY_MS));
    for (const { dueAt } of [...due.transition, ...due.abort]) next = Math.min(next, midnightFrom(dueAt));
    for (const { enabled, ...rule } of bucket.lifecycle ?? []) {
      const days = [rule.expirationDays, rule.noncurrentExpirationDays, rule.transitionDays, rule.abortMultipartDays];
      for (const count of enabled ? days : [])
        if (count !== undefined) next = Math.min(next, midnightFrom(now + count * DAY_MS));
    }
    return Math.max(next, midnightAfter(now));
  }

  private act(call: Call, bucket: StoredBucket, work: Due): Swept {
    const { state, parts } = this;
    const { versions } = parts;
    const swept: Swept = { expired: [], removed: [], transitioned: [], aborted: [] };
    for (const { version } of work.expire) {
      deleteCurrent(call, parts, bucket, version.key, "ObjectExpired");
      swept.expired.push(version.key);
    }
    for (const { version } of work.remove) {
      const versionId = versions.idOf(version);
      const found = versions.find(bucket.name, version.key, versionId);
      if (!found) continue;
      const stamp = state.nextStamp(bucket.name);
      versions.remove(bucket, found, stamp);
      announce(call, state, bucket, { name: "ObjectExpired", cause: "Delete", version, versionId, stamp });
      swept.removed.push({ key: version.key, versionId });
    }
    for (const { version, storageClass } of work.transition) {
      const versionId = versions.shownId(bucket, version);
      const moved = { ...version, storageClass };
      const stamp = state.nextStamp(bucket.name);
      versions.replace(bucket, { version, current: true }, moved);
      state.book(bucket.name, 0, stamp);
      announce(call, state, bucket, {
        name: "ObjectTransitioned",
        cause: "Transition",
        version: moved,
        versionId,
        stamp,
      });
      swept.transitioned.push({ key: version.key, ...(versionId !== undefined && { versionId }), storageClass });
    }
    for (const { upload } of work.abort) {
      dropUpload(state, upload);
      swept.aborted.push({ key: upload.key, uploadId: upload.uploadId });
    }
    return swept;
  }
}
