import { Arguments } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { StorageDialect } from "./dialect";
import type { StorageDriver } from "./driver";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { Settings } from "./settings";
import type { EncryptionConfig } from "./types";

const DEFAULT: EncryptionConfig = { enabled: true, algorithm: "AES256" };
const shape = new Arguments((argument, rule) => refuse("badEncryption", { argument, rule }));

function readEncryption(config: unknown, { encryption: algorithms }: StorageDialect): EncryptionConfig {
  const fields = shape.object("config", config);
  const enabled = shape.flag("enabled", fields["enabled"]);
  const algorithm = shape.oneOf("algorithm", fields["algorithm"], Object.keys(algorithms));
  if (fields["keyId"] === undefined) return { enabled, algorithm };
  const keyId = shape.text("keyId", fields["keyId"]);
  if (!algorithms[algorithm])
    refuse("badEncryptionKey", { argument: "keyId", rule: `absent: ${algorithm} takes no key of your own` });
  return { enabled, algorithm, keyId };
}

/** How objects are encrypted at rest: nothing is, in memory, but it is kept and told as if. */
export function encryption({
  state,
}: Parts): Pick<EngineOf<StorageDriver>, "putEncryptionConfig" | "getEncryptionConfig"> {
  const settings = new Settings(state);
  return {
    putEncryptionConfig(_call, bucket, config, options) {
      settings.put(bucket, "encryption", () => readEncryption(config, state.dialect), options);
    },

    getEncryptionConfig(_call, bucket, options) {
      return settings.find(bucket, "encryption", options) ?? { ...DEFAULT };
    },
  };
}
