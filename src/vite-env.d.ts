/// <reference types="svelte" />
/// <reference types="vite/client" />

/**
 * A script and everything it imports, bundled into one minified classic script, as text, safe in a script element.
 * The same in dev and in the build.
 */
declare module "*?iife" {
  const code: string;
  export default code;
  /** The text's hash as a source in a Content-Security-Policy, without quotes: `sha256-<base64>`. */
  export const sha256: string;
}

/** The declaration file of what a program imports as "tabcloud", generated from the emulator. */
declare module "virtual:tabcloud.d.ts" {
  const declarations: string;
  export default declarations;
}

/** What every service says of itself, without the services: a `Catalogue`. */
declare module "virtual:catalogue" {
  const catalogue: unknown;
  export default catalogue;
}

declare module "virtual:explanations" {
  import type { ServiceExplanation } from "../worker/emulator/core/service/notes";

  const explanations: readonly ServiceExplanation[];
  export default explanations;
}
