/** A name for a pack that nobody can have guessed. `crypto.randomUUID` is missing on sites without https. */
export const newPackId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
