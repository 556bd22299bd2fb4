// A whole cloud in this tab. Press Run, then choose another cloud above and run it again.
import { Bucket, check, cloud } from "tabcloud";

const photos = new Bucket(cloud); // S3 on AWS, Blob Storage on Azure, Cloud Storage on GCP

await photos.createBucket("holiday");
await photos.putObject("holiday", "beach.txt", "🏖️  Sand in every pocket.");
await photos.putObject("holiday", "cat.txt", "🐈  The neighbour's. It moved in.");
const sun = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="gold"/></svg>`;
await photos.putObject("holiday", "sun.svg", sun, { contentType: "image/svg+xml" }); // look at it under Resources

console.log(`Hello from ${cloud.name} in ${cloud.region}. The album:`);
for await (const photo of photos.objects("holiday")) {
  console.log(`  ${photo.key}  ${photo.size} bytes  etag ${photo.etag}`);
}

const { data } = await photos.getObject("holiday", "cat.txt");
console.log(new TextDecoder().decode(data));

const { items } = await photos.listObjects("holiday");
check("three pictures in the album", items.length === 3);
