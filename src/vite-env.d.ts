/// <reference types="svelte" />
/// <reference types="vite/client" />

/** A script and everything it imports, bundled into one minified classic script: the same text in dev and in the build. */
declare module "*?iife" {
  const code: string;
  export default code;
}

/** The declaration file of what a program imports as "tabcloud", generated from the emulator. */
declare module "virtual:tabcloud.d.ts" {
  const declarations: string;
  export default declarations;
}
