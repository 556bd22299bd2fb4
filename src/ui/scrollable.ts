/** For elements that scroll and hold nothing to focus: spread it on, so that the keyboard can scroll them in every browser. */
export const scrollable = { tabindex: 0 } as const;
