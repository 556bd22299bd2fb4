/**
 * What an engine method answers when it has nothing to answer yet (a long poll). Once `ready` has resolved, `resume` runs, and what it answers is the call's
 * answer: unless that is a wait again.
 *
 * Whatever a call writes must be committed before anything else runs, or another call would take it for its own. A promise cannot promise that, since
 * others run between its last write and whoever awaits it; `resume` runs and is committed in one turn. When `ready` rejects, the call fails with its reason.
 */
export class Waiting<R = unknown> {
  constructor(
    readonly ready: Promise<unknown>,
    readonly resume: () => R | Waiting<R>,
  ) {}
}
