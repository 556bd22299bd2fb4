import { toHex } from "../../core/bytes";
import { hmacSha256 } from "../../core/hash";
import type { EngineOf } from "../../core/service/operations";
import type { Grant } from "./dialect";
import type { StorageDriver } from "./driver";
import { args, bucketName, contentTypeOf, objectKey } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { decodeKey, encodeKey } from "./urls";

const METHODS = ["GET", "PUT"] as const;
type Method = (typeof METHODS)[number];

/** The last moment that a Date can be. */
const LAST_MS = 8_640_000_000_000_000;

/** URLs that grant one get or put for a while; `perform` is what they grant. */
export function presign(
  { state }: Parts,
  perform: Pick<EngineOf<StorageDriver>, "getObject" | "putObject">,
): Pick<EngineOf<StorageDriver>, "generatePresignedURL" | "usePresignedURL"> {
  const { dialect, context } = state;
  // From a stream of its own: the same key in every life of the account, without being state.
  const signingKey = context.random.fork("presign").bytes(32);

  function urlOf(method: Method, grant: Grant): string {
    const { bucket, key, expiresAt } = grant;
    const signature = toHex(hmacSha256(signingKey, [method, bucket, key, expiresAt].join("\n")));
    return dialect.url.format(dialect.objectUrl(bucket, encodeKey(key), context.account), method, grant, signature);
  }

  /** What a URL says it grants, true or not. */
  function grantIn(url: string): Grant | undefined {
    const { bucket, path, query } = dialect.objectUrlForm.exec(url)?.groups ?? {};
    const key = path === undefined ? undefined : decodeKey(path);
    const times = dialect.url.parse(new URLSearchParams(query));
    if (bucket === undefined || key === undefined || !times) return undefined;
    return Math.abs(times.expiresAt) <= LAST_MS ? { bucket, key, ...times } : undefined;
  }

  return {
    generatePresignedURL(_call, request, options) {
      const fields = args.object("request", request);
      const bucket = bucketName(fields["bucket"]);
      const key = objectKey(fields["key"], dialect);
      const method = args.oneOf("method", fields["method"], METHODS);
      const issuedAt = state.nowMs();
      const longest = Math.min(dialect.presignMaxMs, LAST_MS - issuedAt);
      const expiresInMs =
        args.optionalInteger("expiresInMs", fields["expiresInMs"], 0, longest) || dialect.presignDefaultMs;
      args.options(options);
      state.bucket(bucket);
      const expiresAt = issuedAt + expiresInMs;
      return { url: urlOf(method, { bucket, key, issuedAt, expiresAt }), method, expiresAt: new Date(expiresAt) };
    },

    usePresignedURL(call, url, request, options) {
      const text = args.text("url", url);
      const fields = args.object("request", request);
      const method = args.oneOf("method", fields["method"], METHODS);
      const body = fields["body"] === undefined ? "" : args.payload("body", fields["body"]);
      const contentType = contentTypeOf(fields["contentType"]);
      args.options(options);

      // A URL is good when it is the very one that would be made for what it says.
      const grant = grantIn(text);
      const signedFor = grant && METHODS.find((candidate) => urlOf(candidate, grant) === text);
      if (!grant || !signedFor) return refuse("urlAltered");
      if (signedFor !== method) refuse("urlMethod", { method });
      const expiresAt = new Date(grant.expiresAt).toISOString();
      if (state.nowMs() >= grant.expiresAt) refuse("urlExpired", { expiresAt });
      if (method === "GET") return perform.getObject(call, grant.bucket, grant.key);
      return perform.putObject(call, grant.bucket, grant.key, body, contentType === undefined ? {} : { contentType });
    },
  };
}
