/** In UTF-16 units. */
export const MAX_NAME_LENGTH = 80;
const ENDING = ".tabcloud-cloud";
/** Anything that breaks a line, or turns the text after it around. */
const UNPRINTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Whether a cloud can be called so: names are shown to the reader, and perhaps a stranger chose it. */
export const isName = (name: string): boolean =>
  name.length <= MAX_NAME_LENGTH && name !== "" && plainName(name) === name;

/** The nearest name that a cloud can have. */
export const plainName = (name: string): string =>
  name.replaceAll(UNPRINTED, "").trim().slice(0, MAX_NAME_LENGTH).replace(UNPRINTED, "").trimEnd() || "Cloud";

/** What its file is called, on any disk. */
export const fileNameOf = (name: string): string =>
  `${
    name
      .replaceAll(/[^\p{L}\p{N}_ .-]+/gu, "-")
      .replace(/^[. -]+/, "")
      .replace(/[. ]+$/, "") || "cloud"
  }${ENDING}`;
