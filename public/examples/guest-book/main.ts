// A guest book that outlives its run. Run it, choose "Continue from the last run" under "From:" beside Run, and run it again.
import { Bucket, check, cloud, isNotFound } from "tabcloud";

const bucket = new Bucket(cloud);
const guests = ["Ada", "Grace", "Alan", "Edsger", "Barbara"];

/** What earlier runs have written; from the empty cloud nobody was here yet. */
async function earlier(): Promise<string[]> {
  try {
    const { data } = await bucket.getObject("hotel", "guests.json");
    return JSON.parse(new TextDecoder().decode(data)) as string[];
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await bucket.createBucket("hotel");
    return [];
  }
}

const before = await earlier();
const guest = guests[before.length % guests.length];
const book = [...before, guest];
await bucket.putObject("hotel", "guests.json", JSON.stringify(book), { contentType: "application/json" });

console.log(before.length === 0 ? "The book was empty." : `Here before: ${before.join(", ")}.`);
console.log(`${guest} signs as number ${book.length}.`);
check("the book has one more guest", book.length === before.length + 1);

// Under Snapshots every end is kept: go back to any of them, save one by name, or compare two.
