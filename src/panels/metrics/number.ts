const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });

/** `1,234.5`; `12.3M` where it would be long. */
export const showNumber = (value: number): string => (Math.abs(value) >= 1e6 ? SHORT : NUMBER).format(value);
