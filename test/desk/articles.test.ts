/** The page of an article: each of its buttons and boxes writes what the command for it writes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDesk, closeDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
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
afterAll(() => closeDesk(desk, server, site));

function write(...entries: string[]): void {
  const text = entries.map((entry) => `- ${entry}\n`).join('') || '[]\n';
  writeFileSync(join(site.root, 'config', 'desk.yaml'), text);
}

/** A list is a repeated field, and null a box without its check. */
type Fields = Readonly<Record<string, string | readonly string[] | null>>;

/** The fields that a browser would send for the form as it is. */
function readForm(html: string): Record<string, string | string[]> {
  const [form = ''] = /<form method="post" action="\/article">.*?<\/form>/s.exec(html) ?? [];
  const inputs = [...form.matchAll(/<input([^>]*)>/g)].flatMap(([, text = '']) => {
    const name = / name="([^"]*)"/.exec(text)?.[1] ?? '';
    const value = / value="([^"]*)"/.exec(text)?.[1];
    const isBox = text.includes('type="checkbox"');
    return isBox && !text.includes(' checked') ? [] : [[name, value ?? (isBox ? 'on' : '')] as const];
  });
  const areas = [...form.matchAll(/<textarea name="([^"]*)"[^>]*>\n?(.*?)<\/textarea>/gs)];
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of [...inputs, ...areas.map(([, name = '', value = '']) => [name, value] as const)]) {
    const known = fields[name];
    const decoded = decodeHTMLStrict(value);
    fields[name] = known === undefined ? decoded : [known, decoded].flat();
  }
  return fields;
}

/** Sends the form with the editor's changes. */
async function press(article: string, button: string, changes: Fields): Promise<void> {
  const page = `/article?id=${encodeURIComponent(article)}`;
  const html = await (await visitor.get(page)).text();
  expect(html).toContain(`name="do" value="${button}"`);
  const all: Fields = { ...readForm(html), ...changes, do: button };
  const fields = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const answer = await visitor.submit(page, '/article', Object.fromEntries(fields));
  expect([button, answer.status]).toEqual([button, 303]);
}

type Row = readonly [button: string, fields: Fields, command: readonly string[], entries?: readonly string[]];

const EDITED = `{ article: "${FERRY}", title: Ours, summary: Short, image: none, topics: [+picks], pin: true, remark: Really? }`;

/** The command's second word is the article. */
const BUTTONS: readonly Row[] = [
  ['hide', {}, ['hide', FERRY]],
  ['takedown', {}, ['takedown', FERRY]],
  ['show', {}, ['show', FERRY], [`{ article: "${FERRY}", takedown: true }`]],
  ['approve', {}, ['approve', HELD]],
  ['reject', {}, ['reject', HELD], [EDITED]],
  ['save', { title: 'Ferry: again #1' }, ['title', FERRY, 'Ferry: again #1']],
  ['save', { summary: 'Ours.' }, ['title', FERRY, '--summary', 'Ours.']],
  ['save', { title: 'Both', summary: 'In short.' }, ['title', FERRY, 'Both', '--summary', 'In short.'], [EDITED]],
  ['untitle', {}, ['title', FERRY, '--undo'], [`{ article: "${FERRY}", title: Ours, summary: Short }`]],
  [
    'save',
    { title: '', summary: '' },
    ['title', FERRY, '--undo'],
    [`{ article: "${FERRY}", title: Ours, summary: S }`],
  ],
  ['save', { remark: 'We asked; no answer yet.' }, ['remark', FERRY, 'We asked; no answer yet.']],
  ['save', { remark: '' }, ['remark', FERRY, '--undo'], [EDITED]],
  ['save', { topic: ['sea', 'picks'] }, ['topics', FERRY, '--add', 'picks']],
  ['save', { topic: 'picks' }, ['topics', FERRY, '--add', 'picks', '--remove', 'sea']],
  ['save', { topic: 'sea' }, ['topics', FERRY, '--undo'], [EDITED]],
  ['save', { picture: null }, ['title', FERRY, '--no-image']],
  ['save', { picture: 'on' }, ['title', FERRY, '--undo'], [`{ article: "${FERRY}", image: none }`]],
  ['save', { pin: 'on' }, ['pin', FERRY]],
  ['save', { pin: 'on', until: '2026-12-24' }, ['pin', FERRY, '--until', '2026-12-24']],
  ['save', { pin: null }, ['pin', FERRY, '--undo'], [EDITED]],
  ['save', { lead: 'on' }, ['lead', FLOOD]],
  ['save', { lead: null }, ['lead', FLOOD, '--undo'], [`{ article: "${FLOOD}", lead: true }`]],
  ['save', { other: TRAM }, ['join', FERRY, TRAM]],
  ['save', { other: 'tram stops' }, ['join', FERRY, 'tram stops'], [EDITED]],
  [`split ${STORM}`, {}, ['split', FLOOD, STORM]],
];

describe('the form of an article', () => {
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
