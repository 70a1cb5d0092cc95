import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const FERRY = 'https://paper.example/ferry-sails';
beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss('Paper A', [
      { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
      { title: 'Tram stops', date: '2026-11-24T07:00:00Z' },
    ]),
  });
  site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a", review: hold }`],
    topics: ['{ id: sea, label: Sea, any: [ferry] }'],
  });
  await site.run('2026-11-24T09:00:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const desk = (...argv: string[]) => newsloom('desk', ...argv, '--config', join(site.root, 'config', 'newsloom.yaml'));
const written = () => readFileSync(join(site.root, 'config', 'desk.yaml'), 'utf8');

describe('newsloom desk', () => {
  it('shows the queue, approves and rejects', async () => {
    const queue = await desk('queue');
    expect(queue.out).toMatch(/2026-11-24 08:00 +Paper A +Ferry sails +https:\/\/paper.example\/ferry-sails\n/);
    const { out, status } = await desk('approve', `${FERRY}/?utm_source=mail`);
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(
        /desk\.yaml:3: "Ferry sails": approved; run `newsloom build` to apply it, unless a worker is running\n$/,
      ),
    ]);
    await desk('reject', 'https://paper.example/tram-stops', '--note', 'not news');
    await site.run('2026-11-24T10:00:00Z');
    expect(site.json('all.json').items.map(({ title }) => title)).toEqual(['Ferry sails']);
    expect((await desk('queue')).out).toBe('no articles are waiting\n');
    expect((await desk('list')).out).toMatch(
      /desk\.yaml:3: "Ferry sails" <.*>: approved\n.*desk\.yaml:4: "Tram stops" <.*>: hidden, note: not news\n/,
    );
    expect(JSON.parse((await desk('list', '--json')).out)).toMatchObject([
      { line: 3, headline: 'Ferry sails' },
      { line: 4 },
    ]);
  });

  it('approves or rejects all waiting articles of a source', async () => {
    expect((await desk('approve', '--source', 'a')).out.match(/: approved;/g)).toHaveLength(2);
    expect((await desk('queue')).out).toBe('no articles are waiting\n');
    const nothing = await desk('reject', '--source', 'a');
    expect([nothing.status, nothing.err]).toEqual([2, expect.stringContaining('no article of "a" is waiting')]);
    expect((await desk('approve', '--source', 'b')).status).toBe(2);
    expect((await desk('approve', '--undo', '--source', 'a')).err).toContain('--undo needs the articles');
    expect((await desk('approve')).err).toContain('no articles given');
    await site.run('2026-11-24T10:00:00Z');
    expect(site.json('all.json').items).toHaveLength(2);
  });

  it('keeps the owner and the mode of the file', async () => {
    mkdirSync(join(site.root, 'config'), { recursive: true });
    const file = join(site.root, 'config', 'desk.yaml');
    writeFileSync(file, '- { article: other, hide: true }\n');
    chmodSync(file, 0o666);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(file, 4242, 4243);
    await desk('hide', FERRY);
    const { mode, uid, gid } = statSync(file);
    expect(mode & 0o777).toBe(0o666);
    if (isRoot) expect([uid, gid]).toEqual([4242, 4243]);
  });

  it.each([
    ['title', FERRY, '--summary', ''],
    ['hide', FERRY, '--note', ' '],
  ])('rejects empty text: %s', async (...argv) => {
    const { status, err } = await desk(...argv);
    expect([status, err]).toEqual([2, expect.stringContaining('is empty')]);
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
  });

  it('writes nothing if its file is empty, because that would withdraw all decisions', async () => {
    await desk('hide', FERRY);
    await site.run('2026-11-24T10:00:00Z');
    rmSync(join(site.root, 'config', 'desk.yaml'));
    for (const argv of [
      ['hide', 'https://paper.example/tram-stops'],
      ['hide', FERRY, '--undo'],
    ]) {
      const { status, err } = await desk(...argv);
      expect([status, err]).toEqual([78, expect.stringMatching(/desk\.yaml is missing: .* create it with \[\]/)]);
    }
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
    const explained = await newsloom('explain', FERRY, '--config', join(site.root, 'config/newsloom.yaml'));
    expect(explained.out).not.toMatch(/next build/);
  });

  it('omits from the queue what a rule drops', async () => {
    const config = join(site.root, 'config/newsloom.yaml');
    writeFileSync(config, `${readFileSync(config, 'utf8')}rules: [{ drop: { title: [tram] } }]\n`);
    await site.run('2026-11-24T10:00:00Z');
    expect(JSON.parse((await desk('queue', '--json')).out)).toMatchObject([{ title: 'Ferry sails' }]);
    const explained = await newsloom('explain', 'https://paper.example/tram-stops', '--config', config);
    expect(explained.out).toMatch(/rules +dropped by drop title: tram/);
    expect(explained.out).not.toMatch(/next build/);
    expect((await newsloom('overview', '--config', config, '--json')).out).toContain('"waiting": 1');
  });

  it('finds an article by the address of its page on any host', async () => {
    const [page] = [...(await approved()).files('articles').keys()];
    const previewed = `http://127.0.0.1:8000/${page}`;
    const explained = await newsloom('explain', previewed, '--config', join(site.root, 'config/newsloom.yaml'));
    expect(explained.out).toMatch(/^Ferry sails\n/);
    expect((await desk('pin', previewed)).out).toContain(
      '"Ferry sails": pinned to the front page; run `newsloom build`',
    );
    const decided = await newsloom('explain', FERRY, '--config', join(site.root, 'config/newsloom.yaml'));
    expect(decided.out).toMatch(/ {2}desk +shown\n +approved\n +pinned to the front page\n +.*desk\.yaml:3/);
  });

  it('writes one entry for each article, under any of its names, and withdraws decisions', async () => {
    const [page] = [...(await approved()).files('articles').keys()];
    await desk('title', FERRY, 'Ferry', 'sails', 'again', '--summary', 'In our words', '--no-image');
    await desk('topics', `https://news.example.org/feeds/${page}`, '--remove', 'sea');
    await desk('lead', FERRY);
    await desk('pin', FERRY);
    await desk('split', FERRY, 'https://paper.example/tram-stops');
    expect(written().split('\n').at(-2)).toBe(
      `- { article: ${FERRY}, approve: true, title: Ferry sails again, summary: In our words, image: none, topics: [ -sea ], lead: true, pin: true, story: { apart: https://paper.example/tram-stops } }`,
    );
    expect((await newsloom('check', '--config', join(site.root, 'config', 'newsloom.yaml'))).status).toBe(0);
    await desk('title', FERRY, '--undo');
    await desk('topics', FERRY, '--undo');
    expect((await desk('lead', FERRY, '--undo')).out).toContain('"Ferry sails": withdrawn: lead; run `newsloom build`');
    await desk('pin', `https://news.example.org/feeds/${page}`, '--undo');
    await desk('join', FERRY, 'https://paper.example/tram-stops', '--undo');
    expect(written().split('\n').at(-2)).toBe(`- { article: ${FERRY}, approve: true }`);
    await desk('hide', FERRY, 'https://paper.example/tram-stops');
    await desk('takedown', 'https://paper.example/tram-stops');
    expect(written()).toContain('tram-stops, hide: true, takedown: true }');
    const { out } = await desk('show', 'https://paper.example/tram-stops');
    expect(out).toMatch(
      /desk\.yaml: "Tram stops": withdrawn: hide, takedown; run `newsloom build` to apply it, unless a worker is running\n$/,
    );
    expect(written()).not.toContain('tram-stops');
  });

  it('withdraws every decision with --undo', async () => {
    await approved();
    const before = written();
    for (const one of ['hide', 'takedown', 'pin', 'lead']) {
      await desk(one, FERRY);
      expect((await desk(one, FERRY, '--undo')).status).toBe(0);
      expect(written()).toBe(before);
    }
  });

  it('creates the folder of the file, and writes through a link', async () => {
    const root = join(site.root, 'plain');
    mkdirSync(root);
    const config = join(root, 'newsloom.yaml');
    writeFileSync(config, readFileSync(join(site.root, 'config', 'newsloom.yaml')));
    const hide = (address: string) => newsloom('desk', 'hide', address, '--config', config);
    const hidden = await hide(FERRY);
    expect([hidden.status, hidden.err]).toEqual([0, '']);
    const [file, kept] = [join(root, 'config', 'desk.yaml'), join(site.root, 'kept.yaml')];
    renameSync(file, kept);
    symlinkSync(kept, file);
    await hide('https://paper.example/tram-stops');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(kept, 'utf8').match(/hide: true/g)).toHaveLength(2);
  });

  it('accepts words of a headline that one article has, and writes its address', async () => {
    const hidden = await desk('hide', 'SAILS ferry', 'stops');
    expect([hidden.status, hidden.out]).toEqual([
      0,
      expect.stringMatching(/:3: "Ferry sails": hidden; .*\n.*:4: "Tram stops": hidden; .*\n$/),
    ]);
    await desk('split', 'ferry sails', 'tram stops');
    expect(written()).toContain(
      `- { article: ${FERRY}, hide: true, story: { apart: https://paper.example/tram-stops } }\n`,
    );
    await desk('title', 'ferry', 'Ferry', 'returns');
    await site.run('2026-11-24T10:00:00Z');
    await desk('title', 'ferry returns', '--undo');
    expect(written()).not.toContain('title');
  });

  it('writes nothing if no headline, or more than one, contains the words', async () => {
    const again = [
      { title: 'Ferry sails on', date: '2026-11-24T10:00:00Z' },
      { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
    ];
    origin.pages.set('/a', { body: rss('Paper A', again) });
    await site.run('2026-11-24T11:00:00Z');
    const several = await desk('pin', 'https://paper.example/tram-stops', 'ferry sails');
    expect([several.status, several.err]).toEqual([
      2,
      `newsloom: several headlines contain these words; use an address or id:
  Paper A: Ferry sails <${FERRY}>
  Paper A: Ferry sails on <https://paper.example/ferry-sails-on>
`,
    ]);
    for (const command of ['pin', 'hide', 'title', 'topics', 'join']) {
      const more = { title: ['Ours'], topics: ['--add', 'sea'], join: [FERRY] }[command] ?? [];
      const none = await desk(command, 'harbour walls', ...more);
      expect([none.status, none.err], command).toEqual([
        2,
        expect.stringContaining('no headline contains the words "harb'),
      ]);
    }
    expect((await desk('hide', 'walls')).err).toContain('unknown article walls, and no headline contains the words');
    expect((await desk('join', FERRY, 'walls')).status).toBe(2);
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
    for (const unknown of ['tag:paper.example,2026:7', 'paper.example']) {
      const { status, out } = await desk('hide', unknown);
      expect([status, out]).toEqual([
        0,
        expect.stringContaining(`${unknown} (unknown article: the entry takes effect once it arrives`),
      ]);
    }
  });

  it('withdraws a decision about an unknown article', async () => {
    writeFileSync(join(site.root, 'config', 'desk.yaml'), '- { article: harbour walls, pin: true }\n');
    expect((await desk('pin', 'harbour walls', '--undo')).out).toMatch(
      /: harbour walls: withdrawn: pin; run `newsloom/,
    );
    expect(written()).not.toContain('harbour');
  });

  it('does not join an article to its own story or separate it from it', async () => {
    const [page] = [...(await approved()).files('articles').keys()];
    const before = written();
    for (const [command, other] of [
      ['join', FERRY],
      ['split', 'ferry sails'],
      ['join', `${FERRY}?utm_source=mail`],
      ['split', `https://news.example.org/feeds/${page}`],
    ] as const)
      expect(await desk(command, FERRY, other)).toMatchObject({
        status: 2,
        err: expect.stringContaining(`"${other}" is the article itself: name an article of the other story`),
      });
    expect((await desk('join', 'tag:paper.example,2026:7', 'tag:paper.example,2026:7')).status).toBe(2);
    expect(written()).toBe(before);
  });

  it('lists what --undo withdrew, including its note', async () => {
    await desk('hide', FERRY, '--note', 'false, says the paper');
    expect((await desk('pin', FERRY, '--undo')).out).toMatch(
      /desk\.yaml:3: "Ferry sails": no decision to withdraw[^;]*\n$/,
    );
    expect((await desk('hide', FERRY, '--undo')).out).toMatch(
      /desk\.yaml: "Ferry sails": withdrawn: hide; run `newsloom build` to apply it, unless a worker is running\n$/,
    );
    expect(written()).not.toContain('- {');
    await desk('title', FERRY, 'Ours');
    await desk('pin', FERRY);
    expect(JSON.parse((await desk('title', FERRY, '--undo', '--json')).out)).toMatchObject([
      { line: 3, takenBack: ['title'] },
    ]);
  });

  it('names the other article by its headline, and needs none for --undo', async () => {
    const tram = 'https://paper.example/tram-stops';
    expect((await desk('join', FERRY, tram)).out).toContain('joined to the story of "Tram stops"; ');
    expect((await desk('list')).out).toContain('joined to the story of "Tram stops"\n');
    expect((await desk('split', FERRY, 'tram')).out).toContain('kept out of the story of "Tram stops"; ');
    expect(await desk('split', FERRY)).toMatchObject({
      status: 2,
      err: expect.stringContaining('the other article is missing: name an article of the other story, too'),
    });
    expect((await desk('split', FERRY, '--undo')).out).toContain('withdrawn: story; ');
    expect(written()).not.toContain('story');
  });

  it('reports whether the next build shows a pinned, joined or approved article', async () => {
    const tram = 'https://paper.example/tram-stops';
    expect((await desk('pin', FERRY)).out).toMatch(/: pinned to the front page; not shown: waiting for review\n$/);
    await approved();
    expect((await desk('join', FERRY, tram)).out).toMatch(
      /"Tram stops"; the other article is not shown: waiting for review\n$/,
    );
    expect((await desk('approve', tram)).out).toMatch(
      /: approved; run `newsloom build` to apply it, unless a worker is running\n$/,
    );
    expect((await desk('join', FERRY, tram)).out).toMatch(
      /"Tram stops"; run `newsloom build` to apply it, unless a worker is running\n$/,
    );
    await desk('hide', FERRY);
    expect((await desk('join', FERRY, tram)).out).toMatch(/"Tram stops"; not shown: hidden by the desk\n$/);
    await desk('show', FERRY);
    expect((await desk('approve', FERRY)).out).toMatch(/: approved; run `newsloom build`/);
    await desk('approve', FERRY, '--undo');
    expect((await desk('pin', FERRY)).out).toContain('not shown: waiting for review');
    expect((await desk('approve', FERRY)).out).toContain(': approved; run `');
  });

  it('rejects a topic that is both added and removed', async () => {
    const { status, err } = await desk('topics', FERRY, '--add', 'sea', '--remove', 'sea');
    expect([status, err]).toEqual([2, expect.stringContaining('topic "sea" is in both --add and --remove')]);
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
  });

  it('rejects words of one headline for several articles', async () => {
    for (const words of ['ferry sails', 'tram stops', 'Sails, FERRY']) {
      const { status, err } = await desk('hide', ...words.split(' '));
      expect([status, err]).toEqual([2, expect.stringContaining(`"${words}" may be words of one headline`)]);
    }
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
  });

  it('appears in explain', async () => {
    const explain = async (article: string) =>
      (await newsloom('explain', article, '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
    expect(await explain(FERRY)).toMatch(/desk +waiting for review\n/);
    await approved();
    await desk('title', FERRY, 'Ours');
    await desk('topics', FERRY, '--remove', 'sea');
    await site.run('2026-11-24T11:00:00Z');
    expect(await explain(FERRY)).toMatch(
      /desk +shown\n +approved\n +headline: Ours\n +topics removed: sea\n +.*desk\.yaml:3\n +topics +none\n +sea: /,
    );
    const [page] = [...site.files('articles').keys()];
    expect(await explain(FERRY)).not.toContain('next build');
    await desk('topics', FERRY, '--add', 'sea');
    expect(await explain(FERRY)).toMatch(/desk\.yaml:3, applied by the next build/);
    expect(await explain(`http://127.0.0.1:8731/${page}?x=1#top`)).toContain(
      `page: https://news.example.org/feeds/${page}`,
    );
    await desk('takedown', `http://127.0.0.1:8731/${page}`);
    await site.run('2026-11-24T12:00:00Z');
    expect(await explain(FERRY)).toMatch(/^Taken down\n.*desk +taken down\n.* all: nothing, hidden\n/s);
    expect((await desk('list')).out).toMatch(
      /desk\.yaml:3: https:\/\/paper\.example\/ferry-sails: taken down, approve/,
    );
    await desk('show', `https://news.example.org/feeds/${page}`);
    expect(written()).not.toContain('takedown');
  });

  it('writes no file that the config does not read', async () => {
    const config = join(site.root, 'config', 'newsloom.yaml');
    writeFileSync(config, `${readFileSync(config, 'utf8')}desk: [{ article: ${FERRY}, pin: true }]\n`);
    const { status, err } = await desk('hide', FERRY);
    expect([status, err]).toEqual([78, expect.stringMatching(/desk: this file contains desk entries: move them to/)]);
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
  });

  it('reports unknown articles and invalid entries', async () => {
    const show = await desk('show', 'https://paper.example/nowhere');
    expect(show.out).toMatch(/\/nowhere: no decision to withdraw\n$/);
    expect(existsSync(join(site.root, 'config', 'desk.yaml'))).toBe(false);
    expect((await desk('hide', 'https://paper.example/nowhere')).out).toMatch(
      /unknown article: the entry takes effect once it arrives/,
    );
    expect(await desk('topics', FERRY, '--add', 'see')).toMatchObject({
      status: 2,
      err: expect.stringMatching(/unknown topic "see"/),
    });
    expect(await desk('title', FERRY)).toMatchObject({
      status: 2,
      err: expect.stringMatching(/write the new headline/),
    });
    writeFileSync(
      join(site.root, 'config', 'desk.yaml'),
      `- { article: ${FERRY}, hide: yes, topics: [sea] }\n- { article: ${FERRY}, hde: true, story: {} }\n`,
    );
    const { status, err } = await desk('list');
    expect(status).toBe(78);
    expect(err).toMatch(/desk\.yaml:1:\d+ desk\[0\]\.hide: expected true or false/);
    expect(err).toMatch(/desk\.yaml:1:\d+ desk\[0\]\.topics\[0\]: not a topic with a sign: write \+floods or -weather/);
    expect(err).toMatch(/desk\.yaml:2:\d+ desk\[1\]\.hde: unknown key; did you mean "hide"/);
    expect(err).toMatch(/desk\.yaml:2:\d+ desk\[1\]\.story: write either with: or apart:/);
  });
});

describe('a rule and the queue', () => {
  const RULES = ['rules:', '  - drop: { title: [tram] }'];
  const configured = (more: readonly string[]) =>
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a", review: hold }`], more });

  it('an article that a rule drops does not wait for review until the rule is removed', async () => {
    configured(RULES);
    const { report } = await site.run('2026-11-24T10:00:00Z');
    expect(report.articles).toMatchObject({ held: 1 });
    expect((await desk('queue')).out).not.toContain('Tram stops');
    const overview = ['overview', '--json', '--config', join(site.root, 'config', 'newsloom.yaml')];
    expect(JSON.parse((await newsloom(...overview)).out)).toMatchObject({ waiting: 1 });
    const approve = await desk('approve', 'https://paper.example/tram-stops');
    expect(approve.out).toMatch(
      /"Tram stops": approved; not shown: dropped by drop title: tram \(.*newsloom\.yaml:\d+\)\n$/,
    );
    const explained = await newsloom('explain', 'https://paper.example/tram-stops', ...overview.slice(2));
    expect(explained.out).toMatch(/rules +dropped by drop title: tram/);
    await desk('approve', 'https://paper.example/tram-stops', '--json');
    configured([]);
    expect((await site.run('2026-11-24T11:00:00Z')).report.articles).toMatchObject({ held: 1 });
    expect(site.json('all.json').items.map(({ title }) => title)).toEqual(['Tram stops']);
  });

  it('new articles count as either dropped or waiting', async () => {
    configured(RULES);
    origin.pages.set('/a', {
      body: rss('Paper A', [
        { title: 'A tram again', date: '2026-11-24T10:00:00Z' },
        { title: 'Bridge opens', date: '2026-11-24T10:00:00Z' },
        { title: 'Ferry sails', date: '2026-11-24T08:00:00Z' },
        { title: 'Tram stops', date: '2026-11-24T07:00:00Z' },
      ]),
    });
    const { report } = await site.run('2026-11-24T11:00:00Z');
    expect(report.articles).toMatchObject({ added: 1, dropped: 1, held: 2 });
  });
});

async function approved(): Promise<TestSite> {
  await desk('approve', FERRY);
  await site.run('2026-11-24T10:00:00Z');
  return site;
}
