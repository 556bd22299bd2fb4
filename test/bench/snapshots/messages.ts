import type { CloudSnapshot, SnapshotDelta } from "../../../worker/emulator/run/cloud-snapshot";

/** What the page asks of a cloud's worker, one after the other. */
export type Question =
  | { readonly type: "start"; readonly base?: CloudSnapshot }
  | { readonly type: "put"; readonly from: number; readonly count: number }
  /** Answers with the object's bytes. */
  | { readonly type: "get"; readonly at: number }
  | { readonly type: "leave" };

export type Answer =
  { readonly type: "done" | "ready" } | { readonly bytes: Uint8Array } | { readonly delta: SnapshotDelta } | Failure;
export interface Failure {
  readonly problem: string;
}

export interface Times {
  readonly ms: number;
  readonly bytes: number;
}

declare global {
  interface Window {
    /** Puts so many objects into an empty cloud, and saves it. */
    saveFirst(objects: number): Promise<Times>;
    /** Restores what was saved, up to the first answer. */
    restore(): Promise<Times>;
    /** Changes some objects of what was restored, and saves that. */
    saveAgain(changes: number): Promise<Times>;
  }
}
