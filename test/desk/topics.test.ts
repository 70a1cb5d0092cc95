/** The page of topics: phrases, what a change does, and what it writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { aDesk, closeDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { runBothWays } from '../support/same-files.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const TOPICS = [
  '# Our topics.',
  '- id: sea',
  '  label: The Sea',
  '  any: [ferry, "harbour: new", # both',
  '    lighthouse ]  # the end',
  '  none: [Ferry Street]',
  '- id: land',
  '  any:',
  '    - road # roads',
  '    - bridge',
  '    - tunnel',
  '  # of the island',
  '- { id: air }',
  '',
].join('\n');

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
let file: string;

beforeAll(async () => {
  const titles = ['Ferry sails', 'Ferry Street repaved', 'Road closed', 'Balloon over the island', 'Bridge opens'];
  server = await serveFeeds({ '/a': rss('A', titles.map((title, i) => ({ title, date: `2026-11-20T0${i}:00:00Z` }))) }); // biome-ignore format: one call
  site = aSite({ sources: [`{ id: a, url: "${server.url}/a" }`], more: ['topics: topics.yaml'] });
  file = join(site.root, 'config', 'topics.yaml');
  writeFileSync(file, TOPICS);
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(() => closeDesk(desk, server, site));

const submit = async (action: string, id: string, lists: Readonly<Record<string, readonly string[]>>) => {
  const cleared = { any: [], hints: [], all: [], none: [] };
  const all = await visitor.fill(`/topic?id=${id}`, action, { ...cleared, ...lists });
  return { status: all.status, text: await all.text() };
};
const topic = async (id: string) => (await loadSite(join(site.root, 'config', 'newsloom.yaml'), {}, 'fresh')).topics.find((one) => one.id === id); // biome-ignore format: one call

describe('the topics of the desk', () => {
  it('shows which stored articles join and leave, and writes nothing', async () => {
    const { text } = await submit('/topic/try', 'sea', { any: ['harbour: new', 'lighthouse'], 'add-any': ['balloon'] });
    expect(text).toMatch(
      /One article of 5 would join[\s\S]*Balloon over[\s\S]*One article of 5 would leave[\s\S]*Ferry sails/,
    );
    expect(readFileSync(file, 'utf8')).toBe(TOPICS);
  });

  it('changes only the phrases that differ, and keeps comments and layout', async () => {
    await submit('/topic', 'sea', {
      any: ['ferry', 'harbour: new', 'lighthouse'],
      none: ['Ferry Street'],
      'add-any': ['balloon\r\n a: b '],
    });
    expect(readFileSync(file, 'utf8')).toBe(TOPICS.replace('lighthouse ]', 'lighthouse, balloon, "a: b" ]')); // biome-ignore format: one text
    expect((await topic('sea'))?.any).toEqual(['ferry', 'harbour: new', 'lighthouse', 'balloon', 'a: b']);
    await submit('/topic', 'land', { any: ['road', 'tunnel'], 'add-any': ['path'], 'add-none': ['railroad'] });
    expect((await topic('land'))?.any).toEqual(['road', 'tunnel', 'path']);
    expect(readFileSync(file, 'utf8')).toContain(
      '    - road # roads\n    - tunnel\n    - path\n  none: [ railroad ]\n  # of the island\n',
    );
    await submit('/topic', 'air', { 'add-any': ['balloon'] });
    expect(readFileSync(file, 'utf8')).toContain('- { id: air, any: [ balloon ] }\n');
  });

  it('writes what the commands write', async () => {
    const config = join(site.root, 'config', 'newsloom.yaml');
    const { before, byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        const run = async (...args: string[]) => (await newsloom('topics', ...args, '--config', config)).status;
        expect(await run('add', 'sea', 'dune: "x"', 'sand bank')).toBe(0);
        expect(await run('remove', 'sea', 'ferry')).toBe(0);
        expect([await run('add', 'sea', 'lighthouse'), await run('remove', 'sea', 'ferry')]).toEqual([2, 2]);
        expect(await run('add', 'none', 'x')).toBe(2);
      },
      async () => {
        const any = ['harbour: new', 'lighthouse', 'balloon', 'a: b'];
        const fields = { any: ['ferry', ...any], none: ['Ferry Street'], 'add-any': ['dune: "x"\r\nsand bank'] };
        await submit('/topic', 'sea', fields);
        await submit('/topic', 'sea', { any: [...any, 'dune: "x"', 'sand bank'], none: ['Ferry Street'] });
      },
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk).not.toEqual(before);
  });

  it('refuses phrases that the config refuses, and writes nothing', async () => {
    const before = readFileSync(file, 'utf8');
    const { status, text } = await submit('/topic', 'air', { any: ['balloon'], 'add-any': ['!'] });
    expect([status, readFileSync(file, 'utf8')]).toEqual([422, before]);
    expect(text).toContain('topics.yaml');
  });

  it('says what to do first without topics', async () => {
    writeFileSync(file, '[]\n');
    expect(await (await visitor.get('/topics')).text()).toContain('The section has no topics yet');
  });
});
