/** Of a name in full, what tells it from others; of an address, all. */
export function shortName(name: string): string {
  return isAddress(name) ? name : lastPart(name);
}

/** What a call was given, where it is the name of something in a cloud: its last part. */
export const shortInput = (text: string): string =>
  IN_A_CLOUD.test(text) && !text.includes(" ") ? lastPart(text) : text;

const isAddress = (name: string): boolean => /^[a-z]+:\/\//i.test(name) || name.includes("@");

const IN_A_CLOUD = /^(?:arn:|projects\/|\/subscriptions\/|https:\/\/(?:sqs\.|[\w-]+\.servicebus\.))/;

const lastPart = (name: string): string => name.split(/[:/]/).findLast((part) => part !== "") ?? name;
