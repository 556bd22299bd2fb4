import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { tupleKey } from "../../core/store/keys";
import type { NotificationDriver } from "./driver";
import { args, displayNameOf, newTopicName, pageRequest, tagsOf, topicReference } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredTopic } from "./state";
import type { TopicInfo } from "./types";

type TopicOperation = "createTopic" | "deleteTopic" | "getTopic" | "listTopics" | "updateTopic";

/** The attributes of a topic that were given when it was created. */
type Asked = Partial<Pick<StoredTopic, "displayName" | "tags" | "contentBasedDeduplication">> & { fifo?: boolean };

/** Whether a topic has all that is asked for; what is not asked for does not count. */
function isAsAsked(topic: StoredTopic, { tags = {}, ...asked }: Asked): boolean {
  const own = new Map<string, unknown>(Object.entries(topic));
  return (
    Object.entries(asked).every(([field, value]) => value === undefined || own.get(field) === value) &&
    Object.entries(tags).every(([tag, value]) => topic.tags[tag] === value)
  );
}

/** The operations on topics themselves. */
export function topics({ state, pending }: Parts): Pick<EngineOf<NotificationDriver>, TopicOperation> {
  const { dialect, context } = state;

  const infoOf = (topic: StoredTopic): TopicInfo => ({
    id: topic.id,
    name: topic.name,
    resourceId: topic.id,
    displayName: topic.displayName,
    subscriptionCount: state.subscriptionCount(topic),
    tags: { ...topic.tags },
    fifo: topic.fifo,
  });

  return {
    createTopic(_call, config, options) {
      const fields = args.object("config", config);
      args.options(options);
      const fifo = args.optionalFlag("fifo", fields["fifo"]);
      const name = newTopicName(fields["name"], fifo === true, dialect);
      const displayName = displayNameOf(fields["displayName"], dialect);
      const tags = fields["tags"] === undefined ? undefined : tagsOf(fields["tags"], dialect);
      const contentBased = args.optionalFlag("contentBasedDeduplication", fields["contentBasedDeduplication"]);
      if (contentBased && !fifo)
        args.complain("contentBasedDeduplication", "left out, or false: it is for FIFO topics");

      const existing = state.topics.get(tupleKey(name));
      if (existing) {
        const asked: Asked = {
          ...(fifo !== undefined && { fifo }),
          ...(displayName !== undefined && { displayName }),
          ...(tags && { tags }),
          ...(contentBased !== undefined && { contentBasedDeduplication: contentBased }),
        };
        if (!dialect.toleratesRecreation || !isAsAsked(existing, asked))
          refuse("topicTaken", { topic: name, resource: existing.id });
        return infoOf(existing);
      }
      if (state.topics.size >= dialect.maxTopics) refuse("tooManyTopics", { max: dialect.maxTopics });
      const topic: StoredTopic = {
        id: dialect.topicId(name, context.account),
        name,
        displayName: displayName ?? "",
        tags: tags ?? {},
        fifo: fifo ?? false,
        contentBasedDeduplication: contentBased ?? false,
        createdAt: state.nowMs(),
      };
      state.saveTopic(topic);
      return infoOf(topic);
    },

    deleteTopic(_call, topicId, options) {
      const reference = topicReference(topicId);
      args.options(options);
      const topic = dialect.toleratesMissing ? state.findTopic(reference) : state.topic(reference);
      if (!topic) return;
      for (const subscription of state.subscriptionsOf(topic.name)) state.dropSubscription(subscription);
      state.dropTopic(topic);
      pending.arm();
    },

    getTopic(_call, topicId, options) {
      const reference = topicReference(topicId);
      args.options(options);
      return infoOf(state.topic(reference));
    },

    listTopics(_call, options) {
      const request = pageRequest("listTopics", [], args.options(options));
      const after = request.after === undefined ? {} : { after: tupleKey(request.after) };
      const { items, nextPageToken } = takePage(state.topics.range(after), request.limit, ([, { name }]) =>
        pageToken({ ...request, after: name }),
      );
      return { items: items.map(([, topic]) => infoOf(topic)), ...(nextPageToken !== undefined && { nextPageToken }) };
    },

    updateTopic(_call, topicId, update, options) {
      const reference = topicReference(topicId);
      const fields = args.object("update", update);
      args.options(options);
      const displayName = displayNameOf(fields["displayName"], dialect);
      const tags = fields["tags"] === undefined ? undefined : tagsOf(fields["tags"], dialect);
      const topic = {
        ...state.topic(reference),
        ...(displayName !== undefined && { displayName }),
        ...(tags && { tags }),
      };
      state.saveTopic(topic);
      return infoOf(topic);
    },
  };
}
