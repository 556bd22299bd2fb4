import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { splitKey, tupleKey } from "../../core/store/keys";
import type { NotificationDriver } from "./driver";
import type { EndpointHandler } from "./types";
import { args, pageRequest } from "./input";
import type { Parts } from "./parts";
import { isUrl } from "./subscription-input";

const PREFIX = "outbox:";
/** Mail addresses and phone numbers, which nothing else is called like. */
const PLAIN = /^(?:[^\s@:/]+@[^\s@:/]+|\+\d{5,15})$/;

/** An address as a target's name: any text can be one (a device, a URL that is nobody's), so that most must say that they are. */
export const outboxName = (address: string): string => (PLAIN.test(address) ? address : PREFIX + address);
export const isOutboxName = (name: string): boolean => name.startsWith(PREFIX) || PLAIN.test(name);

type OutboxOperation = "outbox" | "clearOutbox" | "registerEndpoint" | "removeEndpoint";

/** The world outside: what was sent there, and which of its URLs the program is. */
export function outbox({ state, endpoints }: Parts): Pick<EngineOf<NotificationDriver>, OutboxOperation> {
  const urlOf = (value: unknown): string => {
    const url = args.text("url", value);
    return isUrl(url) ? url : args.complain("url", "a URL that begins with http:// or https://");
  };

  return {
    outbox(_call, options) {
      const fields = args.options(options);
      const endpoint = args.optionalText("endpoint", fields["endpoint"]);
      const protocol = args.optionalText("protocol", fields["protocol"]);
      const request = pageRequest("outbox", [endpoint, protocol], fields);
      const after = request.after === undefined ? {} : { after: tupleKey(request.after) };
      // At most 1,000 are kept, so that a filter has no more than that to look at.
      const wanted = [...state.outbox.range(after)].filter(
        ([, sent]) =>
          (endpoint === undefined || sent.endpoint === endpoint) &&
          (protocol === undefined || sent.protocol === protocol),
      );
      const { items, nextPageToken } = takePage(wanted, request.limit, ([key]) =>
        pageToken({ ...request, after: splitKey(key)[0] ?? "" }),
      );
      return {
        items: items.map(([, sent]) => ({ ...sent, headers: { ...sent.headers }, at: new Date(sent.at) })),
        ...(nextPageToken !== undefined && { nextPageToken }),
      };
    },

    clearOutbox(_call, options) {
      args.options(options);
      state.outbox.clear();
    },

    registerEndpoint(_call, url, handler: unknown, options) {
      const name = urlOf(url);
      if (typeof handler !== "function") args.complain("handler", "a function that answers { status }");
      args.options(options);
      endpoints.register(name, handler as EndpointHandler);
    },

    removeEndpoint(_call, url, options) {
      const name = urlOf(url);
      args.options(options);
      endpoints.remove(name);
    },
  };
}
