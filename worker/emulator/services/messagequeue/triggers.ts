import type { EngineOf } from "../../core/service/operations";
import type { MessageQueueDriver } from "./driver";
import { args } from "./input";
import type { Parts } from "./parts";

/** Functions that watch queues. They are wiring of the program at hand, and no part of what is stored. */
export function triggers(parts: Parts): Pick<EngineOf<MessageQueueDriver>, "setTrigger" | "removeTrigger"> {
  return {
    setTrigger(_call, queueUrl, fn, options) {
      if (typeof fn !== "function") args.complain("fn", "a function (queueUrl, message) => ...");
      args.options(options);
      parts.queue(queueUrl).trigger = fn;
    },

    removeTrigger(_call, queueUrl, options) {
      args.options(options);
      parts.queue(queueUrl).trigger = undefined;
    },
  };
}
