import { expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

it('counts an article of two sources in one run as one new article', async () => {
  const item = { title: 'Ferry sails', link: 'https://paper.example/ferry' };
  const feed = rss('Paper', [item]);
  const origin = await serveFeeds({ '/news': feed, '/all': rss('Paper', [item, { title: 'Storm ends' }]) });
  onTestFinished(() => origin.close());
  const site = aSite({ sources: ['news', 'all'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
  onTestFinished(() => site.remove());
  const first = await site.run('2026-11-24T09:00:00Z');
  expect(first.report.articles).toMatchObject({ added: 2, total: 2 });
  const second = await site.run('2026-11-24T12:00:00Z');
  expect(second.report.articles).toMatchObject({ added: 0, total: 2 });
});
