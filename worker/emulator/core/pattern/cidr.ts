const DECIMAL = /^(?:0|[1-9]\d{0,2})$/;
const HEX_GROUP = /^[0-9a-f]{1,4}$/i;
const MASK = /^(?:0|[1-9]\d{0,2})$/;
/** An address of the longest form there is. */
const LONGEST = 45;

function ipv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => DECIMAL.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes(".")) {
      const tail = ipv4(part);
      if (!tail) return undefined;
      bytes.push(...tail);
    } else {
      if (!HEX_GROUP.test(part)) return undefined;
      const group = parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    }
  }
  return bytes;
}

function ipv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0] ?? ""), groups(halves[1] ?? "")];
  if (!head || !tail || (halves.length === 2 && (halves[0] ?? "").includes("."))) return undefined;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 2) return undefined;
  return [...head, ...Array.from({ length: gap }, () => 0), ...tail];
}

/** The 4 or 16 bytes of an address; `undefined` of any other text. */
export function addressBytes(text: string): readonly number[] | undefined {
  if (text.length > LONGEST) return undefined;
  return text.includes(":") ? ipv6(text) : ipv4(text);
}

/** Tests whether texts are addresses inside a block such as `10.0.0.0/24`; `undefined` when it is none. */
export function cidrTest(block: string): ((text: string) => boolean) | undefined {
  const [address = "", mask = "", ...more] = block.split("/", 3);
  const base = addressBytes(address);
  if (!base || more.length > 0 || !MASK.test(mask) || Number(mask) > base.length * 8) return undefined;
  const bits = Number(mask);
  return (text) => {
    const bytes = addressBytes(text);
    if (bytes?.length !== base.length) return false;
    const whole = bits >> 3;
    for (let i = 0; i < whole; i++) if (bytes[i] !== base[i]) return false;
    const rest = 8 - (bits & 7);
    return rest === 8 || (bytes[whole] as number) >> rest === (base[whole] as number) >> rest;
  };
}
