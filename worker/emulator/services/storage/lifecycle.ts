import type { EngineOf } from "../../core/service/operations";
import type { StorageDriver } from "./driver";
import { args, bucketName } from "./input";
import { readLifecycle } from "./lifecycle-rules";
import type { Parts } from "./parts";
import { Settings } from "./settings";

type LifecycleOperation = "putLifecycleConfig" | "getLifecycleConfig" | "deleteLifecycleConfig" | "evaluateLifecycle";

/** What objects become by age. */
export function lifecycle({ state, sweeps }: Parts): Pick<EngineOf<StorageDriver>, LifecycleOperation> {
  const settings = new Settings(state);
  return {
    putLifecycleConfig(_call, bucket, config, options) {
      sweeps.hurry(settings.put(bucket, "lifecycle", () => readLifecycle(config, state.dialect), options));
    },

    getLifecycleConfig(_call, bucket, options) {
      return { rules: [...settings.get(bucket, "lifecycle", "noLifecycle", options)] };
    },

    deleteLifecycleConfig(_call, bucket, options) {
      sweeps.forget(settings.delete(bucket, "lifecycle", options).name);
    },

    evaluateLifecycle(call, bucket, options) {
      const name = bucketName(bucket);
      const apply = args.optionalFlag("apply", args.options(options)["apply"]) ?? false;
      const stored = state.bucket(name);
      const keys = sweeps.dueKeys(stored);
      if (apply) sweeps.applyNow(call, stored);
      return keys;
    },
  };
}
