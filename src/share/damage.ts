/** What was to be unpacked is not what it should be. The message says why, without a subject: "it is cut short". */
export class Damage extends Error {}
