import type { Omission } from "./markers";

/** Levels of nesting that are kept whole; more than any service accepts. */
export const MAX_EXACT_DEPTH = 500;

export interface WireOptions {
  /**
   * Plain data comes back as the very same: no caps, no markers, no references, and fields of `undefined` too. Writing what is not plain data throws
   * {@link Unkeepable}. Default false.
   */
  readonly exact?: boolean;
}

export interface WireReaderOptions extends WireOptions {
  /** Payloads are views of the bytes that are read, and no copies: whoever asks for that never changes or transfers those. Default false. */
  readonly views?: boolean;
}

/** An exact writer met what it cannot write so that the very same comes back. */
export class Unkeepable extends Error {
  constructor(readonly why: Omission) {
    super(`a value cannot be kept: ${why}`);
  }
}
