import type { Database, Item } from "tabcloud";

export const customer = (id: string, name: string): Item => ({ pk: `customer#${id}`, sk: "profile", name });

/** The day comes first in the sort key, so that a customer's orders lie in the order of time. */
export const order = (id: string, day: string, number: number, status: string): Item => ({
  pk: `customer#${id}`,
  sk: `order#${day}#${number}`,
  number,
  status,
});

export const line = (number: number, at: number, article: string, pieces: number): Item => ({
  pk: `order#${number}`,
  sk: `line#${at}`,
  article,
  pieces,
});

/** Asks the table, and prints question and answer. */
export async function ask(
  database: Database,
  question: string,
  query: Parameters<Database["query"]>[1],
): Promise<Item[]> {
  const { items, scannedCount } = await database.query("shop", query);
  console.log(`${question} (${scannedCount} read)`);
  for (const { pk, sk, ...facts } of items) console.log(`    ${pk} ${sk}`, facts);
  return items;
}
