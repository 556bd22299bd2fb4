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

/** As `?iife`, with the emulator's first edition in the place of the whole one. */
declare module "*?iife=first" {
  const code: string;
  export default code;
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

/** What the first example compiles to: a `CompiledProgram`. */
declare module "virtual:first-program" {
  const program: unknown;
  export default program;
}

/** Why the clouds differ: a list of `ServiceExplanation`. */
declare module "virtual:explanations" {
  const explanations: unknown;
  export default explanations;
}
