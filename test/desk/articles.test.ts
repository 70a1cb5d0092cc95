/** The page of an article: each of its buttons writes what the command of the same name writes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { runBothWays } from '../support/same-files.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

const FERRY = 'https://paper.example/ferry';
const TRAM = 'https://paper.example/tram';
const STORM = 'https://a.example/storm';
const FLOOD = 'https://b.example/flood';
const HELD = 'https://held.example/held';

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;

beforeAll(async () => {
  const date = '2026-11-20T08:00:00Z';
  const text = 'The storm flooded the old harbour of Northport; boats sank and forty people left their houses.';
  server = await serveFeeds();
  const xml = '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="http://paper.example/ferry.png" medium="image" type="image/png"/>'; // biome-ignore format: one line
  const sails = { title: 'Ferry sails: "at last"', link: FERRY, date, description: 'It sails to the island.', xml };
  const feeds: Readonly<Record<string, readonly RssItem[]>> = {
    paper: [sails, { title: 'Tram stops', link: TRAM, date }],
    a: [{ title: 'Storm floods the old harbour of Northport', link: STORM, date, description: text }],
    b: [{ title: 'Northport harbour flooded by storm', link: FLOOD, date, description: `${text} The mayor spoke.` }],
    held: [{ title: 'Kept for review', link: HELD, date }],
  };
  for (const [id, items] of Object.entries(feeds)) server.pages.set(`/${id}`, { body: rss(id, items, `https://${id}.example/`) }); // biome-ignore format: one line
  const picture = sharp({ create: { width: 640, height: 400, channels: 3, background: '#345' } });
  server.pages.set('/ferry.png', { body: await picture.png().toBuffer(), type: 'image/png' });
  const more: Readonly<Record<string, string>> = { paper: ', content: full', held: ', review: hold' };
  site = aSite({
    sources: Object.keys(feeds).map((id) => `{ id: ${id}, url: "${server.url}/${id}"${more[id] ?? ''} }`),
    topics: ['{ id: sea, label: Sea, any: [ferry] }', '{ id: picks, label: Picks }'],
    more: ['images: { cache: true, icons: false }', 'stories: { prefer: [a] }'],
  });
  const place = { address: '127.0.0.1', port: Number(new URL(server.url).port) };
  await site.run('2026-11-20T10:00:00Z', { resolve: (host) => (host === 'paper.example' ? place : null) });
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(async () => {
  await desk.stop();
  await server.close();
  site.remove();
});

function write(...entries: string[]): void {
  const text = entries.map((entry) => `- ${entry}\n`).join('') || '[]\n';
  writeFileSync(join(site.root, 'config', 'desk.yaml'), text);
}

/** Sends what the form of the button has, with the editor's `fields`. */
async function press(article: string, button: string, fields: Fields): Promise<void> {
  const page = `/article?id=${encodeURIComponent(article)}`;
  expect(await (await visitor.get(page)).text()).toContain(`name="do" value="${button}"`);
  const answer = await visitor.submit(page, '/article', { id: article, do: button, ...fields });
  expect([button, answer.status]).toEqual([button, 303]);
}

type Fields = Readonly<Record<string, string | readonly string[]>>;
type Row = readonly [button: string, fields: Fields, command: readonly string[], entries?: readonly string[]];

const OWN = { 'own-title': 'Ferry sails: "at last"', 'own-summary': 'It sails to the island.' };
const EDITED = `{ article: "${FERRY}", title: Ours, summary: Short, image: none, topics: [+picks], pin: true, remark: Really? }`;

/** The command's second word is the article. */
const BUTTONS: readonly Row[] = [
  ['hide', {}, ['hide', FERRY]],
  ['takedown', {}, ['takedown', FERRY]],
  ['show', {}, ['show', FERRY], [`{ article: "${FERRY}", takedown: true }`]],
  ['approve', {}, ['approve', HELD]],
  ['reject', {}, ['reject', HELD], [EDITED]],
  ['title', { ...OWN, title: 'Ferry: again #1', summary: OWN['own-summary'] }, ['title', FERRY, 'Ferry: again #1']],
  ['title', { ...OWN, title: OWN['own-title'], summary: 'Ours.' }, ['title', FERRY, '--summary', 'Ours.']],
  ['title', { ...OWN, title: 'Both', summary: 'Ours.' }, ['title', FERRY, 'Both', '--summary', 'Ours.'], [EDITED]],
  ['untitle', {}, ['title', FERRY, '--undo'], [`{ article: "${FERRY}", title: Ours, summary: Short }`]],
  ['remark', { remark: 'We asked; no answer yet.' }, ['remark', FERRY, 'We asked; no answer yet.']],
  ['remark', { remark: '' }, ['remark', FERRY, '--undo'], [EDITED]],
  ['topics', { topic: ['sea', 'picks'], given: 'sea' }, ['topics', FERRY, '--add', 'picks']],
  ['topics', { topic: 'picks', given: 'sea' }, ['topics', FERRY, '--add', 'picks', '--remove', 'sea']],
  ['topics', { topic: 'sea', given: 'sea', before: '+picks' }, ['topics', FERRY, '--undo'], [EDITED]],
  ['picture', {}, ['title', FERRY, '--no-image']],
  ['unpicture', {}, ['title', FERRY, '--undo'], [`{ article: "${FERRY}", image: none }`]],
  ['pin', { until: '' }, ['pin', FERRY]],
  ['pin', { until: '2026-12-24' }, ['pin', FERRY, '--until', '2026-12-24']],
  ['unpin', {}, ['pin', FERRY, '--undo'], [EDITED]],
  ['lead', {}, ['lead', FLOOD]],
  ['unlead', {}, ['lead', FLOOD, '--undo'], [`{ article: "${FLOOD}", lead: true }`]],
  ['join', { other: TRAM }, ['join', FERRY, TRAM]],
  ['join', { other: 'tram stops' }, ['join', FERRY, 'tram stops'], [EDITED]],
  ['split', { other: STORM }, ['split', FLOOD, STORM]],
];

describe('the buttons of an article', () => {
  it.each(
    BUTTONS.map(([button, fields, command, entries = []]) => {
      const title = `${button} ${JSON.stringify(fields)} writes what \`desk ${command.join(' ')}\` writes`;
      return { title, button, fields, command, entries };
    }),
  )('$title', async ({ button, fields, command, entries }) => {
    write(...entries);
    const config = join(site.root, 'config', 'newsloom.yaml');
    const { before, byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        const { status, err } = await newsloom('desk', ...command, '--config', config);
        expect([status, err]).toEqual([0, '']);
      },
      async () => await press(command[1]!, button, fields),
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk).not.toEqual(before);
  });
});
