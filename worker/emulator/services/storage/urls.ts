import type { UrlForm } from "./dialect";

const PLAIN = /^[\w.~/-]*$/;
const KEPT_BY_ENCODER = /[!'()*]/g;
const MOMENT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d(?:\.\d{3})?)Z$/;
const SECONDS = /^\d+(?:\.\d{1,3})?$/;

/** A key in a path: everything but unreserved characters and `/` as percent and hex. */
export const encodeKey = (key: string): string =>
  PLAIN.test(key)
    ? key
    : encodeURIComponent(key)
        .replaceAll("%2F", "/")
        .replace(KEPT_BY_ENCODER, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The key that a path stands for; `undefined` when it is none. */
export function decodeKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** ISO 8601; the clouds count in whole seconds, and a fraction is written only where there is one. */
export const isoMoment = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

export function fromIsoMoment(text: string | null): number | undefined {
  const ms = text === null ? NaN : new Date(text).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

const compactMoment = (ms: number): string => isoMoment(ms).replace(/[-:]/g, "");

function fromCompactMoment(text: string | null): number | undefined {
  const parts = MOMENT.exec(text ?? "");
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return fromIsoMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Signature version 4: a date and a number of seconds, named alike by the clouds that use it. */
export function version4(prefix: string, algorithm: string): UrlForm {
  return {
    format(objectUrl, _method, { issuedAt, expiresAt }, signature) {
      const query = [
        `${prefix}-Algorithm=${algorithm}`,
        `${prefix}-Expires=${(expiresAt - issuedAt) / 1000}`,
        `${prefix}-Date=${compactMoment(issuedAt)}`,
        `${prefix}-Signature=${signature}`,
      ];
      return `${objectUrl}?${query.join("&")}`;
    },
    parse(query) {
      const issuedAt = fromCompactMoment(query.get(`${prefix}-Date`));
      const seconds = query.get(`${prefix}-Expires`);
      if (issuedAt === undefined || seconds === null || !SECONDS.test(seconds)) return undefined;
      return { issuedAt, expiresAt: issuedAt + Math.round(Number(seconds) * 1000) };
    },
  };
}
