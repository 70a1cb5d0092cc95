import { afterEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { origin?: FeedServer; site?: TestSite } = {};
afterEach(async () => {
  open.site?.remove();
  await open.origin?.close();
});

const HOME = 'https://paper.example/';
const NEWS = ['Ferry sails', 'Tram stops', 'Bridge opens', 'Pier closes'];
const feedOf = (title: string, query: string, numbers: readonly number[], news = NEWS) =>
  rss(
    title,
    numbers.map((n) => ({
      title: news[n]!,
      link: `${HOME}view?id=${n}&amp;${query}`,
      guid: null,
      date: `2026-11-24T0${n}:00:00Z`,
    })),
    HOME,
  );

async function start(pages: Record<string, string>) {
  const ids = Object.keys(pages);
  const origin = await serveFeeds(Object.fromEntries(Object.entries(pages).map(([id, body]) => [`/${id}`, body])));
  const site = aSite({ sources: ids.map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
  Object.assign(open, { origin, site });
  return { origin, site };
}

it('two feeds with links that differ only by a feed’s parameter have the same articles', async () => {
  const { site } = await start({
    front: feedOf('Front page', 'campaign=4711', [3, 2, 1]),
    city: feedOf('City', 'campaign=4712', [3, 2, 1]),
  });
  expect((await site.run('2026-11-24T09:00:00Z')).report.articles.total).toBe(3);
});

it('two lists with articles of the same numbers keep separate articles', async () => {
  const { site } = await start({
    news: feedOf('News', 'board=10', [3, 2, 1]),
    sports: feedOf('Sports', 'board=11', [3, 2, 1], ['', 'Rowers win', 'Cup drawn', 'Coach leaves']),
  });
  expect((await site.run('2026-11-24T09:00:00Z')).report.articles.total).toBe(6);
  expect(site.json('all.json').items.map(({ url }) => url)).toContain(`${HOME}view?id=1&board=11`);
});

it('a common parameter is removed from links, and restored when a later link lacks it', async () => {
  const { origin, site } = await start({ paper: feedOf('The Paper', 'xyz=rss.front', [2, 1, 0]) });
  const links = () => site.json('all.json').items.map(({ url }) => String(url).slice(HOME.length));
  await site.run('2026-11-24T09:00:00Z');
  expect(links()).toEqual(['view?id=2', 'view?id=1', 'view?id=0']);
  const ids = site.json('all.json').items.map(({ id }) => id);

  origin.pages.set('/paper', { body: feedOf('The Paper', 'xyz=rss.front', [3, 2, 1, 0]) });
  expect((await site.run('2026-11-24T10:00:00Z')).report.articles).toMatchObject({ added: 1, updated: 0 });
  expect(links()).toEqual(['view?id=3', 'view?id=2', 'view?id=1', 'view?id=0']);

  const other = feedOf('The Paper', 'xyz=rss.front', [3, 2, 1, 0]).replace('view?id=3&amp;xyz=rss.front', 'view?id=3');
  origin.pages.set('/paper', { body: other });
  expect((await site.run('2026-11-24T11:00:00Z')).report.articles).toMatchObject({ added: 0, updated: 0, total: 4 });
  const marked = [2, 1, 0].map((n) => `view?id=${n}&xyz=rss.front`);
  expect(links()).toEqual(['view?id=3', ...marked]);
  expect(
    site
      .json('all.json')
      .items.map(({ id }) => id)
      .slice(1),
  ).toEqual(ids);
});
