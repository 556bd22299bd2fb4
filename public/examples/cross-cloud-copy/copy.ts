import { Bucket } from "tabcloud";

/** Copies every object of a bucket to a bucket of the same name elsewhere, with what describes it. Answers how many. */
export async function copyBucket(name: string, from: Bucket, to: Bucket): Promise<number> {
  let copied = 0;
  for await (const { key } of from.objects(name)) {
    const { data, info } = await from.getObject(name, key);
    const tags = await from.getObjectTagging(name, key);
    await to.putObject(name, key, data, { contentType: info.contentType, metadata: info.metadata, tags });
    copied++;
  }
  return copied;
}
