import { editor } from "monaco-editor/editor";
import type { Theme } from "../../app/theme.svelte";

/** Reads the page's tokens as they are now, in the form Monaco takes. */
function readTokens<T>(use: (colour: (token: string) => string) => T): T {
  const probe = document.createElement("span");
  document.body.append(probe);
  try {
    return use((token) => {
      probe.style.color = `var(--${token})`;
      const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
      return `#${parts
        .slice(0, 3)
        .map((part) => Math.round(Number(part)).toString(16).padStart(2, "0"))
        .join("")}`;
    });
  } finally {
    probe.remove();
  }
}

/** Dresses Monaco in the page's own tokens. */
export function applyTheme(theme: Theme): void {
  editor.defineTheme(
    "tabcloud",
    readTokens((colour) => themeData(theme, colour)),
  );
  editor.setTheme("tabcloud");
}

function themeData(theme: Theme, colour: (token: string) => string): editor.IStandaloneThemeData {
  const rule = (token: string, name: string) => ({ token, foreground: colour(name).slice(1) });
  return {
    base: theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", "text"),
      rule("comment", "code-comment"),
      rule("string", "code-string"),
      rule("regexp", "code-string"),
      rule("keyword", "code-keyword"),
      rule("number", "code-number"),
      rule("type.identifier", "code-type"),
      rule("identifier", "text"),
      rule("delimiter", "text"),
    ],
    colors: {
      "editor.background": colour("bg"),
      "editor.foreground": colour("text"),
      "editorLineNumber.foreground": colour("text-3"),
      "editorLineNumber.activeForeground": colour("text"),
      "editor.lineHighlightBackground": colour("bg-subtle"),
      "editor.lineHighlightBorder": "#00000000",
      "editorCursor.foreground": colour("text"),
      "editorWidget.background": colour("bg-float"),
      "editorWidget.border": colour("line-strong"),
      "editorHoverWidget.background": colour("bg-float"),
      "editorSuggestWidget.background": colour("bg-float"),
      "editorSuggestWidget.selectedBackground": colour("bg-active"),
      "editorSuggestWidget.selectedForeground": colour("text"),
      focusBorder: colour("accent-text"),
      "scrollbar.shadow": "#00000000",
      "editorOverviewRuler.border": "#00000000",
      "editorBracketHighlight.foreground1": colour("text"),
      "editorBracketHighlight.foreground2": colour("text"),
      "editorBracketHighlight.foreground3": colour("text"),
    },
  };
}
