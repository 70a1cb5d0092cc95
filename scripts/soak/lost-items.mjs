/** Checks at the end of the soak test that each item that the feeds had is stored and published once, and that `explain` knows it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

const EVERY = 2 * 3_600_000;
/** Items that a feed had at the start and still shows eight hours later, because it may have failed until then. */
const AT_START = 10;
/** An item that appeared last may not have been polled: the feed may have failed for three hours, and backs off. */
const GRACE = 8 * 3_600_000;
/** Explains one in so many. */
const SAMPLE = 200;

/** Resolves with figures in words. `first`: when the test started. */
export async function findLostItems({ dist, config, now, first, sources, say }) {
  const { explainArticle } = await import(`file://${dist}/app/explain/explain.js`);
  const { loadSite } = await import(`file://${dist}/app/load-site.js`);
  const root = dirname(dirname(config));
  const settings = await loadSite(config, {});
  const stored = countStored(join(root, '.newsloom', 'newsloom.db'));
  const published = countPublished(join(root, 'feeds'));
  const [from, to] = [Math.floor(first / EVERY) - AT_START, Math.floor((now.getTime() - GRACE) / EVERY)];
  let [items, lost, folded, explained] = [0, 0, 0, 0];
  for (let source = 0; source < sources; source++) {
    for (let number = from; number <= to; number++) {
      const url = `http://s${source}.example/${number}`;
      items++;
      if (stored.get(url) !== 1) {
        lost++;
        say(`${url} is stored ${stored.get(url) ?? 0} times`);
      }
      const places = published.get(url) ?? 0;
      if (places > 1) say(`${url} is published ${places} times`);
      if (places === 1 && items % SAMPLE !== 0) continue;
      const found = await explainArticle(settings, url, now);
      explained++;
      if (found.kind !== 'known') say(`explain: ${url} is ${found.kind}`);
      else if (places === 0 && found.foldedBehind === null)
        say(`${url} is not published: ${JSON.stringify(found).slice(0, 300)}`);
      if (places === 0) folded++;
    }
  }
  return `${items} items, ${lost} of them not stored once, ${folded} of them folded into a copy, ${explained} explained`;
}

function countStored(path) {
  const db = new Database(path, { readonly: true });
  const counts = new Map();
  for (const { id } of db.prepare('SELECT id FROM article').iterate()) counts.set(id, (counts.get(id) ?? 0) + 1);
  db.close();
  return counts;
}

/** How often the largest channel with its archives lists an address. */
function countPublished(folder) {
  const archives = readdirSync(join(folder, 'archive/all'), { recursive: true }).map((name) => `archive/all/${name}`);
  const listed = ['all.json', ...archives.filter((name) => name.endsWith('.json'))].flatMap((name) =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')).items.map(({ url }) => url),
  );
  const counts = new Map();
  for (const url of listed) counts.set(url, (counts.get(url) ?? 0) + 1);
  return counts;
}
