import type { Protocol } from "./types";

/** Protocols to the world outside: the same words on every cloud. */
export const OUTSIDE_PROTOCOLS = {
  email: "email",
  "email-json": "email-json",
  sms: "sms",
  http: "http",
  https: "https",
  application: "application",
} as const satisfies { readonly [P in Exclude<Protocol, "queue" | "function">]: P };
