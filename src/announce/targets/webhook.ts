/** Sends signed JSON to any program. `schema/announcement.schema.json` defines the format. */
import { createHmac } from 'node:crypto';
import { createJsonPost, type TargetKind } from '../target.js';
import { renderPlainMessage } from '../text.js';

export const webhook: TargetKind = {
  // Receivers may deduplicate by key, but this is not required.
  keysKeptMs: 0,
  answersJson: false,
  send: (announcement, { url, secret }, request) => {
    const { key, parts, publishedAt, topics, others, image, picture: _, at, ...rest } = announcement;
    const body = {
      version: 1,
      id: key,
      ...rest,
      at: at.toISOString(),
      text: renderPlainMessage(parts),
      publishedAt: publishedAt?.toISOString() ?? null,
      image,
      topics: topics.map(({ id, label }) => ({ id, label })),
      others: others.map(({ title, url: address, publication }) => ({ title, url: address, publication })),
    };
    const post = createJsonPost(url, body, { 'idempotency-key': key });
    const signed =
      secret === null
        ? {}
        : { 'x-newsloom-signature': `sha256=${createHmac('sha256', secret).update(post.body).digest('hex')}` };
    return request({ ...post, headers: { ...post.headers, ...signed } });
  },
};
