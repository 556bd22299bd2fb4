import { sha256Base64 } from "../../core/hash";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { prefixEnd } from "../../core/store/order";
import { prefixOf, tupleKey } from "../../core/store/keys";
import type { ServerlessDriver } from "./driver";
import { args, listRequest, newName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { layerKey, type State, type StoredLayer } from "./state";
import type { LayerVersion } from "./types";

type LayerOperation =
  "publishLayerVersion" | "getLayerVersion" | "listLayerVersions" | "deleteLayerVersion" | "listLayers";

const infoOf = ({ content: _content, createdAt, compatibleRuntimes, ...layer }: StoredLayer): LayerVersion => ({
  ...layer,
  compatibleRuntimes: [...compatibleRuntimes],
  createdAt: new Date(createdAt),
});

/** The newest version of each layer: the first one under each name. */
function* newest({ layers }: State, after: string | undefined): Generator<[string, StoredLayer]> {
  let start = after === undefined ? {} : { from: prefixEnd(prefixOf(after)) ?? after };
  for (;;) {
    const found = layers.first(start);
    if (!found) return;
    const { name } = found[1];
    yield [name, found[1]];
    const end = prefixEnd(prefixOf(name));
    if (end === undefined) return;
    start = { from: end };
  }
}

/** Layers: archives that functions name. Nothing is loaded from them. */
export function layers({ state }: Parts): Pick<EngineOf<ServerlessDriver>, LayerOperation> {
  const { dialect, context } = state;

  const layerName = (value: unknown): string => args.text("name", value);

  return {
    publishLayerVersion(_call, config) {
      const fields = args.object("config", config);
      const name = newName(fields["name"], dialect.layerName);
      const description = args.optionalText("description", fields["description"]) ?? "";
      const content = fields["content"];
      if (!(content instanceof Uint8Array)) return args.complain("content", "a Uint8Array");
      if (content.length === 0 || content.length > dialect.maxLayerBytes)
        args.complain("content", `1 to ${dialect.maxLayerBytes} bytes`);
      const runtimes = fields["compatibleRuntimes"];
      const compatibleRuntimes = runtimes === undefined ? [] : args.texts("compatibleRuntimes", runtimes);
      const version = (state.layerNumbers.get(tupleKey(name)) ?? 0) + 1;
      const stored: StoredLayer = {
        ...{ name, version, description, compatibleRuntimes },
        contentSha256: sha256Base64(content),
        contentSize: content.length,
        content: content.slice(),
        createdAt: state.nowMs(),
        arn: dialect.layerArn(name, version, context.account),
      };
      state.layerNumbers.set(tupleKey(name), version);
      state.layers.set(layerKey(name, version), stored);
      return infoOf(stored);
    },

    getLayerVersion(_call, name, version, options) {
      const layer = layerName(name);
      const number = args.integer("version", version, 1);
      args.options(options);
      const stored = state.layers.get(layerKey(layer, number));
      return stored ? infoOf(stored) : refuse("noSuchLayer", { layer: `${layer}:${number}`, resource: layer });
    },

    listLayerVersions(_call, name, options) {
      const layer = layerName(name);
      const request = listRequest("listLayerVersions", [layer], args.options(options), dialect);
      const prefix = prefixOf(layer);
      if (!dialect.toleratesMissing && state.layers.first({ prefix }) === undefined)
        refuse("noSuchLayer", { layer, resource: layer });
      const range = state.layers.range({ prefix, ...(request.after !== undefined && { after: request.after }) });
      const page = takePage(range, request.limit, ([key]) => pageToken({ ...request, after: key }));
      return { ...page, items: page.items.map(([, stored]) => infoOf(stored)) };
    },

    deleteLayerVersion(_call, name, version, options) {
      const layer = layerName(name);
      const number = args.integer("version", version, 1);
      args.options(options);
      if (!state.layers.delete(layerKey(layer, number)) && !dialect.toleratesMissing)
        refuse("noSuchLayer", { layer: `${layer}:${number}`, resource: layer });
    },

    listLayers(_call, options) {
      const request = listRequest("listLayers", [], args.options(options), dialect);
      const page = takePage(newest(state, request.after), request.limit, ([name]) =>
        pageToken({ ...request, after: name }),
      );
      return { ...page, items: page.items.map(([, stored]) => infoOf(stored)) };
    },
  };
}
