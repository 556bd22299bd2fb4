import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";

/** What would let the machine, its clock, its place or its chance leak into a run. */
const machineGlobals = [
  ...[
    "console",
    "crypto",
    "document",
    "fetch",
    "global",
    "globalThis",
    "Intl",
    "location",
    "localStorage",
    "navigator",
  ],
  ...["performance", "process", "Buffer", "self", "window", "Worker", "FinalizationRegistry", "WeakRef"],
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"],
  ...["requestAnimationFrame", "requestIdleCallback", "MessageChannel", "BroadcastChannel", "scheduler"],
];

const machineSyntax = [
  ["CallExpression[callee.name='Date']", "Date() reads the machine's clock: ask the run's Clock."],
  [
    "NewExpression[callee.name='Date'][arguments.length=0]",
    "new Date() reads the machine's clock: ask the run's Clock.",
  ],
  [
    "MemberExpression[object.name='Date'][property.name='now']",
    "Date.now reads the machine's clock: ask the run's Clock.",
  ],
  ["MemberExpression[object.name='Math'][property.name='random']", "Math.random has no seed: ask the run's Random."],
  [
    "MemberExpression[property.name=/^(localeCompare|toLocale[A-Z]\\w*|normalizeLocale)$/]",
    "Depends on the machine's locale: compare code units or format by hand.",
  ],
  [
    "CallExpression > MemberExpression[property.name=/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$/]",
    "Depends on the machine's time zone: use the UTC method.",
  ],
].map(([selector, message]) => ({ selector, message }));

const noRestrictedImports = "@typescript-eslint/no-restricted-imports";

/** @param {{ regex: string, message: string, allowTypeImports?: boolean }[]} patterns */
const refuseImports = (...patterns) => ({ [noRestrictedImports]: ["error", { patterns }] });

// A later block replaces an earlier one's options, so the rules for the emulator's parts repeat those of the whole.
const emulatorIsPure = {
  regex: "(^|/)(src|sandbox|vault|compiler|play)(/|$)",
  message: "The emulator knows neither the page nor the workers around it.",
};
const emulatorSpeaksNoMessages = {
  regex: "/protocol$",
  allowTypeImports: true,
  message: "The emulator sends no messages: of the protocol it takes the types that describe a run.",
};
const emulatorNeedsLittle = {
  regex: "^(?!\\.|@noble/hashes)",
  message: "The emulator runs unchanged in Node, a page and a worker: only packages known to do so.",
};
const emulatorArrows = [emulatorIsPure, emulatorSpeaksNoMessages, emulatorNeedsLittle];

export default defineConfig(
  { ignores: ["dist/", "src/editor/generated/", "public/"] },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.config.js", "*.config.ts"], defaultProject: "test/tsconfig.json" },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".svelte"],
      },
    },
    rules: {
      eqeqeq: ["error", "smart"],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-expect-error": true, "ts-ignore": true, "ts-nocheck": true },
      ],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Contracts return promises whether or not one implementation has something to wait for.
      // An aborted call rejects with its signal's reason, which is the caller's own value.
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingUnknown: true }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      // `let { a } = $props()` is how Svelte declares what may change from outside.
      "prefer-const": "off",
      "svelte/prefer-const": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      // ESLint sees what is bound to components and given to snippets as `any`; svelte-check knows, and checks it.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["src/**"],
    rules: refuseImports(
      {
        regex:
          "worker/emulator/(?!core/wire|core/store|features/recording|run/apply-delta|run/faults|run/settings|run/snapshots)",
        allowTypeImports: true,
        message:
          "The page takes types from the emulator, and code only for settings, stores and reading what a run recorded.",
      },
      {
        regex: "worker/(sandbox|vault|compiler)/[^?]*$",
        allowTypeImports: true,
        message: "The page talks to its workers through worker/protocol.ts.",
      },
    ),
  },
  {
    files: ["worker/sandbox/**"],
    rules: refuseImports({
      regex: "(^|/)(src|vault|compiler|play)/",
      message: "The sandbox knows the emulator and the protocol, nothing of the page.",
    }),
  },
  {
    files: ["worker/vault/**"],
    rules: refuseImports({
      regex: "(^|/)(src|sandbox|compiler|emulator|play)/",
      message: "The vault keeps bytes: it knows the protocol, nothing of the page or of what runs.",
    }),
  },
  {
    files: ["worker/compiler/**"],
    rules: refuseImports({
      regex: "(^|/)(src|sandbox|vault|play)/",
      message: "The compiler turns text into text: it knows the protocol, nothing of the page or of what runs.",
    }),
  },
  {
    files: ["worker/emulator/**"],
    rules: {
      ...refuseImports(...emulatorArrows),
      "no-restricted-globals": ["error", ...machineGlobals],
      "no-restricted-syntax": ["error", ...machineSyntax],
    },
  },
  {
    files: ["worker/emulator/core/**"],
    rules: refuseImports(...emulatorArrows, {
      regex: "/(services|providers)(/|$)|/flow/(?!(contract|account|event-sources)$)",
      message: "The core knows no service and no cloud.",
    }),
  },
  {
    files: ["worker/emulator/services/**"],
    rules: refuseImports(...emulatorArrows, {
      // But for the type of an account as a whole, which a function is given.
      regex: "/providers(/(?!provider$)|$)",
      message: "A service is cloud-neutral: what differs comes to it as data or a strategy in the dialect.",
    }),
  },
  {
    files: ["worker/emulator/core/clock/real-clock.ts", "worker/emulator/core/clock/macrotask.ts"],
    rules: { "no-restricted-globals": "off", "no-restricted-syntax": "off" },
  },
  {
    files: ["test/**", "worker/play/**", "*.config.*"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off", "@typescript-eslint/unbound-method": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [ts.configs.disableTypeChecked],
  },
);
