/** External text never moves the cursor, imitates our output or sends a command to a CI service. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const EVIL =
  '\u001b]0;owned\u0007\u001b[2J\u009b31m\u0085\u007f\r\u202e\u2028\nnewsloom: all is well ##[add-mask]e ##vso[task.complete]';
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e]|^newsloom: all is well|^\s*::|##\w*\[/m;
let origin: FeedServer;
let site: TestSite;
let config: string;
beforeEach(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: [] });
  config = join(site.root, 'config', 'newsloom.yaml');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const references = [...EVIL].map((one) => `&#${one.codePointAt(0)};`).join('');

it('in what any command prints, in words and as JSON', async () => {
  const feed = rss(`Paper ${EVIL}${references}`, [{ title: `Ferry ${EVIL}${references}`, category: EVIL }]);
  origin.pages.set('/', {
    body: `<!doctype html><link rel="alternate" type="application/rss+xml" href="/a" title="One ${EVIL}"><link rel="alternate" type="application/rss+xml" href="/b" title="Two ${references}">`,
    type: 'text/html',
  });
  origin.pages.set('/a', { body: feed });
  origin.pages.set('/charset', { body: feed, type: 'application/rss+xml; charset="\u009b31m-x"' });
  origin.pages.set('/declared', { body: feed.replace('?>', ` encoding="x${EVIL}"?>`) });
  origin.pages.set('/page', { body: `<!doctype html><title>${EVIL}</title>`, type: 'text/html' });
  site.configure({
    sources: ['/charset', '/declared', '/page', '/gone'].map((path) => `url: "${origin.url}${path}"`),
    topics: ['{ id: ferries, any: [ferry] }'],
  });
  const opml = join(site.root, 'theirs.opml');
  writeFileSync(
    opml,
    `<opml><body><outline text="${EVIL}" xmlUrl="https://a.example/${EVIL}"/><outline xmlUrl="x${EVIL}"/></body></opml>`,
  );
  const runs = [
    ['sources', 'add', `${origin.url}/`],
    ['sources', 'add', `${origin.url}/page`],
    ['sources', 'import', opml],
    ['sources', 'export'],
    ['build'],
    ['status'],
    ['check', '--live'],
    ['topics', 'test', `Ferry ${EVIL.split('\n')[0]}`],
    ['explain', 'https://paper.example/none'],
  ];
  for (const argv of runs)
    for (const json of argv.includes('export') ? [[]] : [[], ['--json']]) {
      const { out, err } = await newsloom(...argv, ...json, '--config', config);
      expect(`${out}${err}`, argv.join(' ')).not.toMatch(CONTROLS);
      if (json.length > 0) expect(() => JSON.parse(out)).not.toThrow();
    }
});
