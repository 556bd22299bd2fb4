/** What went wrong with the vault, in words for the reader; `name` says which it is. */
export class VaultError extends Error {
  constructor(
    override readonly name:
      | "QuotaExceededError"
      | "BlockedError"
      | "NewerError"
      | "UnavailableError"
      | "LostError"
      | "DamagedError"
      | "DataError",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The reason as the vault tells it; what the browser says is for developers, and often nothing at all. */
export function readable(cause: unknown): unknown {
  if (cause instanceof VaultError || !(cause instanceof Error)) return cause;
  switch (cause.name) {
    case "QuotaExceededError":
      return new VaultError(
        "QuotaExceededError",
        "The browser has no more room for this site. Download what you need and delete snapshots, or free space on the disk.",
        { cause },
      );
    case "VersionError":
      return new VaultError(
        "NewerError",
        "What is kept here was last used by a newer Tabcloud than this page. Close all its tabs and open it again to get the new one.",
        { cause },
      );
    case "SecurityError":
    case "NotAllowedError":
      return new VaultError("UnavailableError", "The browser does not let this site keep anything.", { cause });
    case "AbortError":
    case "InvalidStateError":
    case "UnknownError":
      return new VaultError("LostError", "The browser closed the place where this site keeps things.", { cause });
    case "NotFoundError":
      return new VaultError("DamagedError", "What the browser keeps for this site is damaged.", { cause });
    default:
      return cause;
  }
}

/** Whether it may go well on a new connection. */
export const isLost = (cause: unknown): boolean =>
  cause instanceof Error && ["AbortError", "InvalidStateError", "UnknownError"].includes(cause.name);
