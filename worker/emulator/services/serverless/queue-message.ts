/** What a mapping sees of a message that it received: the queue's own words for it are in messagequeue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | number | Uint8Array>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly receiveCount: number;
  readonly sentAt: Date;
  readonly firstReceivedAt: Date;
  readonly md5OfBody: string;
  readonly deadLetter?: { readonly sourceArn: string };
}
