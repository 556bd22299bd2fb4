/**
 * What an embedded page (`?embed`) and the page around it tell each other by `postMessage`. Every message has `tabcloud: 1`, the version of this contract;
 * others are passed over.
 *
 * The page around can show a program, never run one: that is its reader's to do. It hears how a run ended, and nothing of what the program said.
 */
export type ToEmbed =
  /** Shows a program in place of the one that is there: a link's fragment (`#v1=...`), or what Share saves as a file. */
  | { readonly tabcloud: 1; readonly type: "open"; readonly link: string }
  | { readonly tabcloud: 1; readonly type: "open"; readonly program: unknown }
  | { readonly tabcloud: 1; readonly type: "theme"; readonly theme: "light" | "dark" };

export type FromEmbed =
  /** Listening; sent once the reader has asked for the page. */
  | { readonly tabcloud: 1; readonly type: "ready"; readonly engineVersion: string }
  /** The program of the last `open` is shown, or why not. */
  | { readonly tabcloud: 1; readonly type: "opened"; readonly problem?: string }
  | { readonly tabcloud: 1; readonly type: "started"; readonly cloud: string }
  | {
      readonly tabcloud: 1;
      readonly type: "ended";
      readonly reason: string;
      readonly digest?: string;
      readonly calls: number;
      readonly checks: { readonly passed: number; readonly failed: number };
    };
