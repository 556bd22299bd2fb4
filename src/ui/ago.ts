const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** `now`, `5 minutes ago`, `yesterday`; after a week the day itself. Of the person's own clock, in their own time zone. */
export function ago(moment: number, now: number = Date.now()): string {
  const minutes = Math.round((moment - now) / 60_000);
  if (minutes > -1) return "just now";
  if (minutes > -60) return relative.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  if (hours > -24) return relative.format(hours, "hour");
  const days = Math.round(hours / 24);
  return days > -7 ? relative.format(days, "day") : day.format(moment);
}
