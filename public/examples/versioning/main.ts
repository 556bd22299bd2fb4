// With versioning on, a bucket keeps what you overwrite and what you delete.
import { Bucket, check, cloud, codeOf, isNotFound } from "tabcloud";

const bucket = new Bucket(cloud);
await bucket.createBucket("notes", { versioning: true });

const read = async (versionId?: string) => {
  const { data } = await bucket.getObject("notes", "plan.txt", { versionId });
  return new TextDecoder().decode(data);
};
const history = async () => {
  const versions = [];
  for await (const version of bucket.versions("notes")) versions.push(version); // newest first
  return versions;
};

const first = await bucket.putObject("notes", "plan.txt", "Sleep.");
const second = await bucket.putObject("notes", "plan.txt", "Sleep. Then take over the world.");
check("each write has its own version", first.versionId !== second.versionId);
check("the first one can still be read", (await read(first.versionId)) === "Sleep.");

// Deleting hides the object. AWS says so with a delete marker on top, the others keep the last version as a noncurrent one.
await bucket.deleteObject("notes", "plan.txt");
const missing = await read().catch((error: unknown) => error);
console.log(`After the delete a read says ${codeOf(missing)}, but the history has:`);
for (const { versionId, deleteMarker, size } of await history()) {
  console.log(`  ${deleteMarker ? "delete marker" : `${size} bytes`.padEnd(13)}  ${versionId}`);
}
check("the object looks gone", isNotFound(missing));

// Undo: copy the version we want on top of everything. It works the same on every cloud.
await bucket.copyObject("notes", "plan.txt", { bucket: "notes", key: "plan.txt", versionId: second.versionId });
console.log(`Restored: "${await read()}"`);
check("the delete is undone", (await read()) === "Sleep. Then take over the world.");

// Only a delete that names a version removes something for good.
await bucket.deleteObject("notes", "plan.txt", { versionId: first.versionId });
const left = await history();
check("the first version is gone for good", !left.some((version) => version.versionId === first.versionId));
