/** Colours of the page as a canvas takes them. */
export interface Palette {
  readonly ground: string;
  readonly subtle: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly faint: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly again: string;
  readonly failed: string;
  readonly passed: string;
  readonly second: string;
  readonly third: string;
  readonly fourth: string;
  readonly font: string;
}

const TOKENS = {
  ground: "--bg",
  subtle: "--bg-subtle",
  line: "--line",
  text: "--text",
  quiet: "--text-2",
  faint: "--text-3",
  ok: "--accent-text",
  okSoft: "--accent-soft",
  again: "--warn",
  failed: "--error",
  passed: "--ok",
  second: "--code-keyword",
  third: "--code-number",
  fourth: "--code-type",
} as const;

export type Colour = Exclude<keyof Palette, "font">;

/** As the theme has them now. The tokens name two colours each, of which only a computed style knows the one that counts. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const style = getComputedStyle(probe);
  const colours = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, style.color];
  });
  const font = getComputedStyle(host).fontFamily;
  probe.remove();
  return { ...(Object.fromEntries(colours) as Omit<Palette, "font">), font };
}
