import { describe, expect, it } from "vitest";
import type { NotificationRule } from "../../../worker/emulator/services/storage/types";
import { cloudUnderTest, forEachCloud, refused } from "../harness";
import { NAME, open } from "./fixture";

forEachCloud((cloud) => {
  it("a policy: deny wins, then allow, else nothing", async () => {
    const { bucket } = await open(cloud);
    const ask = (principal: string, action: string, key?: string) =>
      bucket.checkBucketAccess(NAME, { principal, action, ...(key !== undefined && { key }) });
    expect(await ask("alice", "storage:getObject", "a")).toBe("ImplicitDeny");
    const { arn } = (await bucket.listBuckets()).items[0] as { arn: string };
    const native = cloud.pick({
      aws: `${arn}/public/*`,
      azure: `${arn}/blobs/public/*`,
      gcp: `${arn}/objects/public/*`,
    });
    const policy = {
      version: "2012-10-17",
      statements: [
        { effect: "Allow" as const, principal: "*", actions: ["storage:get*"], resources: [native] },
        { effect: "Allow" as const, principal: "alice", actions: ["*"], resources: [arn, "photos/*"] },
        {
          effect: "Deny" as const,
          principal: "*",
          actions: ["storage:deleteObject"],
          resources: ["storage/photos/k?ep"],
        },
      ],
    };
    await bucket.putBucketPolicy(NAME, policy);
    expect(await bucket.getBucketPolicy(NAME)).toEqual(policy);
    expect(await ask("bob", "STORAGE:GETOBJECT", "public/a/b")).toBe("Allow");
    expect(await ask("bob", "storage:putObject", "public/a")).toBe("ImplicitDeny");
    expect(await ask("bob", "storage:getObject", "private/a")).toBe("ImplicitDeny");
    expect(await ask("alice", "storage:listObjects")).toBe("Allow");
    expect(await ask("bob", "storage:listObjects")).toBe("ImplicitDeny");
    expect(await ask("alice", "storage:deleteObject", "keep")).toBe("Deny");
    expect(await ask("alice", "storage:deleteObject", "keeep")).toBe("Allow");
    await bucket.deleteBucketPolicy(NAME);
    await bucket.deleteBucketPolicy(NAME);
    await refused(bucket.getBucketPolicy(NAME), "NotFound");
  });

  it("a policy for all objects says nothing of the bucket itself", async () => {
    const { bucket } = await open(cloud);
    const statement = { effect: "Allow" as const, principal: "*", actions: ["*"], resources: [`${NAME}/*`] };
    await bucket.putBucketPolicy(NAME, { version: "2012-10-17", statements: [statement] });
    expect(await bucket.checkBucketAccess(NAME, { principal: "p", action: "list" })).toBe("ImplicitDeny");
    expect(await bucket.checkBucketAccess(NAME, { principal: "p", action: "get", key: "a" })).toBe("Allow");
  });

  it("a policy of many stars is answered at once", async () => {
    const { bucket } = await open(cloud);
    const actions = ["*a".repeat(40) + "*b"];
    await bucket.putBucketPolicy(NAME, {
      version: "2012-10-17",
      statements: [{ effect: "Allow", principal: "*", actions, resources: [NAME] }],
    });
    expect(await bucket.checkBucketAccess(NAME, { principal: "p", action: "a".repeat(5000) })).toBe("ImplicitDeny");
  });

  it("what is read of a setting is a copy", async () => {
    const { bucket } = await open(cloud);
    const rules = [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }];
    await bucket.putCORSConfig(NAME, { rules });
    rules[0]?.allowedMethods.push("PUT");
    const read = await bucket.getCORSConfig(NAME);
    read.rules[0]?.allowedMethods.push("POST");
    read.rules.length = 0;
    expect(await bucket.getCORSConfig(NAME)).toEqual({ rules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"] }] });
  });

  it("CORS: the first rule that fits decides", async () => {
    const { bucket } = await open(cloud);
    const ask = (origin: string, method: string, headers?: string[]) =>
      bucket.evaluateCORS(NAME, { origin, method, ...(headers && { headers }) });
    expect(await ask("https://a.example.com", "GET")).toEqual({ allowed: false, headers: {} });
    await bucket.putCORSConfig(NAME, {
      rules: [
        {
          allowedOrigins: ["https://*.example.com"],
          allowedMethods: ["GET", "PUT"],
          allowedHeaders: ["X-*"],
          exposeHeaders: ["etag"],
          maxAgeSeconds: 60,
        },
        { allowedOrigins: ["*"], allowedMethods: ["GET"] },
      ],
    });
    expect(await ask("https://a.example.com", "PUT", ["x-a", "X-B"])).toEqual({
      allowed: true,
      headers: {
        "access-control-allow-origin": "https://a.example.com",
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-headers": "x-a, x-b",
        "access-control-expose-headers": "etag",
        "access-control-max-age": "60",
      },
    });
    expect((await ask("https://a.example.com", "PUT", ["content-type"])).allowed).toBe(false);
    expect((await ask("https://example.org", "GET")).headers).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET",
    });
    expect((await ask("https://example.org", "PUT")).allowed).toBe(false);
    await bucket.deleteCORSConfig(NAME);
    await refused(bucket.getCORSConfig(NAME), "NotFound");
  });

  it("encryption is on from the start", async () => {
    const { bucket } = await open(cloud);
    expect(await bucket.getEncryptionConfig(NAME)).toEqual({ enabled: true, algorithm: "AES256" });
    const config = {
      enabled: true,
      algorithm: cloud.pick({ aws: "aws:kms", azure: "Microsoft.Keyvault", gcp: "cloudkms" }),
      keyId: "key-1",
    };
    await bucket.putEncryptionConfig(NAME, config);
    expect(await bucket.getEncryptionConfig(NAME)).toEqual(config);
  });

  it("notifications: one event a change, with the rules that fit in order", async () => {
    const { bucket, watch, queue } = await open(cloud);
    expect(await bucket.getNotificationConfig(NAME)).toEqual({ rules: [] });
    await bucket.putNotificationConfig(NAME, {
      rules: [
        { id: "logs", events: ["ObjectCreated", "ObjectRemoved"], prefix: "logs/", target: await queue("q") },
        { id: "tags", events: ["ObjectTagged"], target: await queue("t") },
      ],
    });
    await bucket.putObject(NAME, "logs/1", "v");
    await bucket.putObject(NAME, "other", "v");
    await bucket.copyObject(NAME, "logs/2", { bucket: NAME, key: "other" });
    await bucket.putObjectTagging(NAME, "other", { a: "1" });
    await bucket.deleteObjectTagging(NAME, "other");
    await bucket.deleteObjectTagging(NAME, "other");
    await bucket.deleteObject(NAME, "logs/1");
    expect(watch.events.map(({ name, cause, key, rules }) => [name, cause, key, ...rules.map(({ id }) => id)])).toEqual(
      [
        ["ObjectCreated", "Put", "logs/1", "logs"],
        ["ObjectCreated", "Copy", "logs/2", "logs"],
        ["ObjectTagged", "Put", "other", "tags"],
        ["ObjectTagged", "Delete", "other", "tags"],
        ["ObjectRemoved", "Delete", "logs/1", "logs"],
      ],
    );
    const sequencers = watch.events.filter(({ key }) => key === "logs/1").map(({ sequencer }) => sequencer);
    expect(sequencers).toEqual([...sequencers].sort());
    expect(new Set(sequencers).size).toBe(2);
    for (const sequencer of sequencers) expect(sequencer).toMatch(/^[0-9A-F]{16}$/);
    await bucket.putNotificationConfig(NAME, { rules: [] });
    await bucket.putObject(NAME, "logs/3", "v");
    expect(watch.events).toHaveLength(5);
  });

  it("a bus hears of everything", async () => {
    const { bucket, watch, bus } = await open(cloud);
    const eventBus = cloud.name === "aws" ? true : await bus("orders");
    await bucket.putNotificationConfig(NAME, { rules: [], eventBus });
    expect(await bucket.getNotificationConfig(NAME)).toEqual({ rules: [], eventBus });
    await bucket.putObject(NAME, "k", "v");
    expect(watch.events).toMatchObject([{ name: "ObjectCreated", rules: [], eventBus }]);
    for (const none of [cloud.name === "aws" ? "orders" : true, "nowhere"] as const)
      await refused(bucket.putNotificationConfig(NAME, { rules: [], eventBus: none }), "InvalidArgument");
  });

  it("a target must be there, and take things in any order", async () => {
    const { bucket, driver, queue } = await open(cloud);
    const arn = await queue("gone");
    const rules = (target: string): NotificationRule[] => [{ id: "r", events: ["ObjectCreated"], target }];
    await bucket.putNotificationConfig(NAME, { rules: rules(arn) });
    for (const target of ["nobody", arn.replace("gone", "never"), await queue("strict.fifo")])
      await refused(bucket.putNotificationConfig(NAME, { rules: rules(target) }), "InvalidArgument");
    expect(await driver.getNotificationConfig(NAME)).toEqual({ rules: rules(arn) });
    await refused(bucket.putNotificationConfig("no-such-bucket", { rules: rules("nobody") }), "NotFound");
  });

  it("every alteration of a signed URL is noticed", async () => {
    const { bucket } = await open(cloud);
    await bucket.putObject(NAME, "k", "v");
    const { url } = await bucket.generatePresignedURL({ bucket: NAME, key: "k", method: "GET" });
    for (let i = url.indexOf("/k?") + 1; i < url.length; i++) {
      const other = url[i] === "0" ? "1" : "0";
      await refused(
        bucket.usePresignedURL(url.slice(0, i) + other + url.slice(i + 1), { method: "GET" }),
        "PermissionDenied",
      );
    }
    const elsewhere = cloud.open({ seed: "another" }).provider.storage;
    await elsewhere.createBucket(NAME);
    await elsewhere.putObject(NAME, "k", "v");
    await refused(elsewhere.usePresignedURL(url, { method: "GET" }), "PermissionDenied");
  });
});

describe("aws", () => {
  const cloud = cloudUnderTest("aws");

  it("takes S3's own event names", async () => {
    const { bucket, watch, queue } = await open(cloud, { versioning: true });
    await bucket.putNotificationConfig(NAME, {
      rules: [
        { id: "all", events: ["s3:ObjectCreated:*"], target: await queue("q") },
        { id: "marker", events: ["s3:ObjectRemoved:DeleteMarkerCreated"], target: await queue("q") },
        { id: "gone", events: ["s3:ObjectRemoved:Delete"], target: await queue("q") },
      ],
    });
    await bucket.putObject(NAME, "k", "v");
    const { versionId } = await bucket.deleteObject(NAME, "k");
    await bucket.deleteObject(NAME, "k", { versionId: versionId as string });
    expect(watch.events.map(({ cause, versionId: id, rules }) => [cause, id !== undefined, rules[0]?.id])).toEqual([
      ["Put", true, "all"],
      ["DeleteMarkerCreated", true, "marker"],
      ["Delete", true, "gone"],
    ]);
    await refused(
      bucket.putNotificationConfig(NAME, {
        rules: [
          { events: ["s3:ObjectCreated:*"], target: await queue("q") },
          { events: ["s3:ObjectCreated:Put"], target: await queue("p") },
        ],
      }),
      "InvalidArgument",
    );
    await bucket.putNotificationConfig(NAME, {
      rules: [
        { events: ["s3:ObjectCreated:Copy"], target: await queue("q") },
        { events: ["s3:ObjectCreated:Put"], suffix: ".jpg", target: await queue("p") },
        { events: ["s3:ObjectCreated:Put"], suffix: ".png", target: await queue("p") },
      ],
    });
  });
});
