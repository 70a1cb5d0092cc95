/** Commands that enrich articles, in complete runs with real programs: their input, their effect, and failures. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { openStore } from '../../src/app/open-store.js';
import { restoreSite } from '../../src/app/restore-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { until } from '../support/a-worker.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds();
  origin.pages.set('/a', paper([ferry, quay]));
  origin.pages.set('/b', { body: rss('Zeitung B', [haus], `${origin.url}/zeitung/`) });
  site = aSite({ sources: [] });
  program(ANSWERS);
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

/** Its pages are on the same server, which is checked for reservations. */
const paper = (items: Parameters<typeof rss>[1]) => ({ body: rss('Paper A', items, `${origin.url}/paper/`) });

const ferry = {
  title: 'Ferry sails again',
  date: '2026-11-24T06:00:00Z',
  description: 'The ferry left on Tuesday morning.',
};
const quay = { title: 'The quay must go', date: '2026-11-24T07:00:00Z', description: 'Nobody needs the old quay.' };
const haus = {
  title: 'Das Haus am Hafen steht leer',
  date: '2026-11-24T08:00:00Z',
  description: 'Seit dem Sommer wohnt niemand mehr in dem alten Haus am Hafen.',
};

/** Records every run and every line; `answer` computes the output from the input. */
const programText = (answer: string) => `
import { appendFileSync, readFileSync } from 'node:fs';
const lines = readFileSync(0, 'utf8').split('\\n').filter(Boolean).map((line) => JSON.parse(line));
appendFileSync('calls.jsonl', JSON.stringify({ lines, args: process.argv.slice(2), env: process.env, cwd: process.cwd() }) + '\\n');
${answer}
`;
/** In another order than requested. */
const ANSWERS = `
for (const { id, title, summary } of lines.reverse())
  console.log(JSON.stringify({ id, title: 'UK ' + title, summary: 'UK ' + summary + ' <b>x</b>', topics: ['sea', 'nowhere'] }));
`;
const program = (answer: string) => writeFileSync(join(site.root, 'tool.mjs'), programText(answer));
interface Call {
  readonly lines: readonly Readonly<Record<string, string>>[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}
const calls = (): Call[] => {
  const file = join(site.root, 'calls.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};
const RUN = `run: ["${process.execPath}", tool.mjs, --to, uk]`;
const TRANSLATE = `{ name: translate, ${RUN}, as: translation, language: uk }`;
const configure = (
  commands: readonly string[],
  more: { a?: string; topics?: string[]; env?: Record<string, string>; site?: string[] } = {},
) =>
  site.configure({
    sources: [`{ id: a, url: "${origin.url}/a"${more.a ?? ''} }`, `{ id: b, url: "${origin.url}/b" }`],
    topics: more.topics ?? [],
    site: more.site ?? [],
    more: ['enrich:', ...commands.map((command) => `  - ${command}`)],
    ...(more.env && { env: more.env }),
  });
const items = () => site.json('all.json').items as { title: string; _machine?: { items: Record<string, unknown>[] } }[];
const machines = () => items().map(({ _machine }) => _machine?.items ?? []);
const at = (time: string) => `2026-11-24T${time}:00Z`;

describe('a translation', () => {
  it('is shown next to the publisher’s text, marked as machine-made', async () => {
    configure([TRANSLATE]);
    const { report } = await site.run(at('09:07'));
    expect(report.warnings).toEqual([]);
    expect(calls()).toHaveLength(1);
    expect(calls()[0]!.args).toEqual(['--to', 'uk']);
    expect(calls()[0]!.cwd).toBe(site.root);
    expect(items().map(({ title }) => title)).toEqual([haus.title, quay.title, ferry.title]);
    expect(machines()[2]).toMatchObject([
      {
        as: 'translation',
        by: 'translate',
        language: 'uk',
        title: 'UK Ferry sails again',
        summary: 'UK The ferry left on Tuesday morning. <b>x</b>',
      },
    ]);
    const atom = site.read('all.atom');
    expect(atom).toContain('<title type="text">Ferry sails again</title>');
    expect(atom).toContain('<contributor><name>translate (machine translation)</name></contributor>');
    expect(atom).toMatch(/<dcterms:alternative [^>]*xml:lang="uk">UK Ferry sails again</);
    expect(site.read('all.rss')).toContain('<dc:contributor>translate (machine translation)</dc:contributor>');
    const page = [...site.files('articles').values()].find((text) =>
      text.includes('<h1 class="p-name" lang="en" dir="ltr">Ferry'),
    )!;
    expect(page).toContain('<p class="by">Machine translation (translate)</p>');
    expect(page).toContain('<p class="title" lang="uk" dir="ltr">UK Ferry sails again</p>');
    expect(page).toContain('&lt;b&gt;x&lt;/b&gt;');
  });

  it('is requested once, and again only if the text or the command changes', async () => {
    configure([TRANSLATE]);
    await site.run(at('09:07'));
    const before = site.files();
    await site.run(at('10:07'));
    expect(calls()).toHaveLength(1);
    expect(site.files()).toEqual(before);

    origin.pages.set(
      '/a',
      paper([{ ...ferry, title: 'Ferry sails again today', link: `${origin.url}/paper/ferry-sails-again` }, quay]),
    );
    await site.run(at('11:07'));
    expect(calls()[1]!.lines.map(({ title }) => title)).toEqual(['Ferry sails again today']);
    expect(machines()[2]).toMatchObject([{ title: 'UK Ferry sails again today' }]);

    configure([TRANSLATE.replace('--to, uk', '--to, uk, --polite')]);
    await site.run(at('12:07'));
    expect(calls()[2]!.lines).toHaveLength(3);

    configure([]);
    await site.run(at('13:07'));
    expect(machines().flat()).toEqual([]);
  });

  it('replaces the publisher’s text if configured, with the original next to it', async () => {
    configure([TRANSLATE.replace('as:', 'show: instead, as:')]);
    await site.run(at('09:07'));
    expect(items().map(({ title }) => title)).toEqual([`UK ${haus.title}`, `UK ${quay.title}`, `UK ${ferry.title}`]);
    expect(machines()[2]).toMatchObject([
      { original: { language: 'en', title: ferry.title, summary: ferry.description } },
    ]);
    expect(site.json('all.json').items[2]).toMatchObject({ language: 'uk' });
    expect(site.read('all.atom')).toMatch(/<dcterms:alternative [^>]*xml:lang="en">Ferry sails again</);
    const page = [...site.files('articles').values()].find((text) => text.includes('>UK Ferry sails again</h1>'))!;
    expect(page).toContain('Original headline: <span lang="en" dir="ltr">Ferry sails again</span>');
    expect(page).toContain('"headline":"Ferry sails again"');
    expect(site.read('index.html')).toContain('<span class="machine">Machine translation</span>');
  });

  it('is restored from the published files, and not requested again', async () => {
    for (const show of ['beside', 'instead']) {
      rmSync(join(site.root, 'calls.jsonl'), { force: true });
      rmSync(join(site.root, '.newsloom'), { recursive: true, force: true });
      rmSync(site.feeds, { recursive: true, force: true });
      configure([TRANSLATE.replace('as:', `show: ${show}, as:`)]);
      await site.run(at('09:07'));
      const before = site.files();
      rmSync(join(site.root, '.newsloom'), { recursive: true });
      await restoreSite(await loadSite(join(site.root, 'config', 'newsloom.yaml'), {}), new AbortController().signal);
      await site.run(at('10:07'));
      expect(calls()).toHaveLength(1);
      expect(site.files()).toEqual(before);
    }
  });
});

describe('the input of a command', () => {
  it('contains the articles that match its conditions', async () => {
    configure([TRANSLATE.replace('as:', 'when: { language: { not: de } }, as:')]);
    await site.run(at('09:07'));
    expect(
      calls()[0]!
        .lines.map(({ title }) => title)
        .sort(),
    ).toEqual([ferry.title, quay.title].sort());
    expect(machines().map((made) => made.length)).toEqual([0, 1, 1]);
  });

  it('is limited to what the source’s licence permits', async () => {
    const whole = {
      ...ferry,
      xml: '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>',
    };
    origin.pages.set('/a', paper([whole]));
    const command = TRANSLATE.replace('as:', 'of: [title, summary, content], as:');
    configure([command], { a: ', content: full' });
    await site.run(at('09:07'));
    expect(calls()[0]!.lines.find(({ title }) => title === ferry.title)).toMatchObject({
      content: '<p>All of it.</p>',
    });

    configure([command], { a: ', content: none' });
    origin.pages.set('/a', paper([{ ...whole, title: 'Ferry in port' }, whole]));
    await site.run(at('10:07'));
    expect(calls()[1]!.lines).toEqual([{ id: expect.any(String), language: 'en', title: 'Ferry in port' }]);
    const known = machines()[items().findIndex(({ title }) => title === ferry.title)]!;
    expect(known).toEqual([expect.not.objectContaining({ summary: expect.anything() })]);
  });

  it('includes few environment variables, and those configured for it', async () => {
    process.env.NEWSLOOM_TEST_SECRET = 'not for commands';
    try {
      configure([TRANSLATE.replace('as:', `env: { KEY: "\${THE_KEY}" }, as:`)], { env: { THE_KEY: 'key-1234567890' } });
      await site.run(at('09:07'));
      const [{ env } = { env: {} }] = calls();
      expect(env).toMatchObject({ KEY: 'key-1234567890', PATH: process.env.PATH });
      expect(JSON.stringify(env)).not.toContain('not for commands');
      expect([...site.files().values()].join()).not.toContain('key-1234567890');
    } finally {
      delete process.env.NEWSLOOM_TEST_SECRET;
    }
  });

  it('is empty in a dry run and offline, which apply stored outputs', async () => {
    configure([TRANSLATE]);
    await site.run(at('09:07'), { dryRun: true });
    await site.run(at('09:08'));
    const before = site.files();
    await site.run(at('09:09'), { offline: true });
    expect(calls()).toHaveLength(1);
    expect(site.files()).toEqual(before);
  });
});

describe('a command that fails', () => {
  const HANGS = 'setInterval(() => {}, 1000);';
  const failing: readonly (readonly [string, string, string])[] = [
    ['ends with an error', 'console.error("no key\u001b[31m"); process.exit(3);', 'exited with 3; stderr: no key'],
    [
      'prints garbage',
      'for (let i = 0; i < 50; i++) console.log("[".repeat(10000) + i);',
      'no output for any article; 50 invalid lines',
    ],
    [
      'answers about others',
      'console.log(JSON.stringify({ id: "urn:other", title: "Mine" }));',
      'no output for any article',
    ],
    ...(isThorough ? [['hangs', HANGS, 'took longer than 3000 ms'] as const] : []),
  ];
  it.each(failing)(
    '%s costs a warning, is tried again in the next run, and then rests',
    async (what, answer, warning) => {
      program(answer);
      configure([TRANSLATE.replace('as:', `timeout: ${what === 'hangs' ? 3 : 25}s, as:`)]);
      const { kind, report } = await site.run(at('09:07'));
      expect(kind).toBe('published');
      expect(report.warnings).toEqual([
        { sourceId: 'enrich.command', message: expect.stringContaining(`enrich translate: ${warning}`) },
      ]);
      expect(report.warnings[0]!.message).not.toContain('\u001b');
      expect(items().map(({ title }) => title)).toEqual([haus.title, quay.title, ferry.title]);
      await site.run(at('09:12'));
      await site.run(at('09:17'));
      expect(calls()).toHaveLength(2);

      program(ANSWERS);
      await site.run(at('09:23'));
      expect(machines().map((made) => made.length)).toEqual([1, 1, 1]);
    },
  );

  it('hangs is ended after its time', async () => {
    program(HANGS);
    configure([TRANSLATE.replace('as:', 'timeout: 3s, as:')]);
    const { kind, report } = await site.run(at('09:07'));
    expect(kind).toBe('published');
    expect(report.warnings).toEqual([
      { sourceId: 'enrich.command', message: expect.stringContaining('enrich translate: took longer than 3000 ms') },
    ]);
    expect(items().map(({ title }) => title)).toEqual([haus.title, quay.title, ferry.title]);
  });

  it.each([
    ['yes, and, no', 'output exceeds 4 lines per input line'],
    ['head, -c, "40000000", /dev/zero', 'output exceeds 33554432 bytes'],
  ])('is killed if it writes too much: %s', async (run, warning) => {
    configure([`{ run: [${run}], as: translation, timeout: 25s }`]);
    const { report } = await site.run(at('09:07'));
    expect(report.warnings[0]!.message).toContain(warning);
  });

  it('may be a missing program', async () => {
    configure(['{ run: [./nothing-here], as: translation }']);
    const { report } = await site.run(at('09:07'));
    expect(report.warnings[0]!.message).toBe('enrich nothing-here: program not found');
  });

  it('is killed with its child processes', async () => {
    program(`
      import('node:child_process').then(({ spawn }) => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
        appendFileSync('child', String(child.pid));
        for (const { id } of lines) console.log(JSON.stringify({ id, title: 'T' }));
        process.exit(0);
      });
    `);
    configure([TRANSLATE]);
    await site.run(at('09:07'));
    expect(machines().map((made) => made.length)).toEqual([1, 1, 1]);
    const pid = Number(readFileSync(join(site.root, 'child'), 'utf8'));
    await until(() => (isAlive(pid) ? undefined : true)); // a killed process may wait to be scheduled once more
  });

  it('keeps its output before the failure', async () => {
    program('console.log(JSON.stringify({ id: lines[0].id, title: "T" })); process.exitCode = 1;');
    configure([TRANSLATE]);
    await site.run(at('09:07'));
    expect(machines().flat()).toHaveLength(1);
  });
});

/** A zombie that waits for its parent does not count. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

describe('topics of a command', () => {
  const SORT = `{ name: sorter, ${RUN}, as: topics }`;
  const topics = [
    '{ id: sea, label: The Sea, any: [freighter], none: [quay], parent: world }',
    '{ id: world, label: World, any: [war] }',
  ];

  it('are evidence with the command’s name, with their parents, unless vetoed by a phrase', async () => {
    configure([SORT], { topics });
    const { report } = await site.run(at('09:07'));
    expect(report.warnings[0]!.message).toContain('unknown topics: nowhere');
    expect(site.json('topics/sea.json').items.map(({ title }) => title)).toEqual([haus.title, ferry.title]);
    expect(site.json('topics/world.json').items).toHaveLength(2);
    const { out } = await newsloom(
      'explain',
      '--config',
      join(site.root, 'config', 'newsloom.yaml'),
      `${origin.url}/paper/ferry-sails-again`,
    );
    expect(out).toContain(' sea: "sorter" in the command (4)\n');
  });

  it('follow a renamed topic without a new request', async () => {
    configure([SORT], { topics });
    await site.run(at('09:07'));
    const sea = site.json('topics/sea.json').items;
    configure([SORT], { topics: [topics[0]!.replace('id: sea', 'id: waters, formerly: [sea]'), topics[1]!] });
    await site.run(at('10:07'));
    expect(site.json('topics/waters.json').items.map(({ title }) => title)).toEqual(sea.map(({ title }) => title));
    expect(calls()).toHaveLength(1);
  });

  it('stay when topics change, and yield to the desk', async () => {
    configure([SORT], { topics });
    await site.run(at('09:07'));
    writeFileSync(
      join(site.root, 'config', 'desk.yaml'),
      `- { article: "${origin.url}/paper/ferry-sails-again", topics: [-sea] }\n`,
    );
    configure([SORT], { topics: [...topics, '{ id: leer, label: Leer, any: [leer] }'] });
    await site.run(at('10:07'));
    expect(calls()).toHaveLength(1);
    expect(site.json('topics/sea.json').items.map(({ title }) => title)).toEqual([haus.title]);
    expect(site.json('topics/leer.json').items).toHaveLength(1);
  });
});

describe('the program in docs/enriching.md', () => {
  it('works', async () => {
    const doc = readFileSync(new URL('../../docs/enriching.md', import.meta.url), 'utf8');
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(doc) ?? [];
    writeFileSync(join(site.root, 'tool.mjs'), code);
    configure([TRANSLATE]);
    await site.run(at('09:07'));
    expect(machines()[2]).toMatchObject([{ title: 'FERRY SAILS AGAIN' }]);
  });
});

describe('several commands', () => {
  it('answer in any order, and the bytes are the same', async () => {
    const commands = [TRANSLATE, `{ name: short, ${RUN}, as: summary }`];
    configure(commands);
    await site.run(at('09:07'));
    const before = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    rmSync(site.feeds, { recursive: true });
    program(ANSWERS.replace('.reverse()', ''));
    await site.run(at('09:07'));
    expect(site.files()).toEqual(before);
    expect(machines()[0]!.map(({ by }) => by)).toEqual(['translate', 'short']);
  });

  it('process a limited number of articles per run, the newest first', async () => {
    configure([TRANSLATE.replace('as:', 'atMost: 2, as:')]);
    await site.run(at('09:07'));
    expect(machines().map((made) => made.length)).toEqual([1, 1, 0]);
    await site.run(at('09:12'));
    expect(machines().map((made) => made.length)).toEqual([1, 1, 1]);
    expect(calls().map(({ lines }) => lines.length)).toEqual([2, 1]);
  });
});

describe('an article that the desk takes down', () => {
  it('loses all machine-made texts', async () => {
    configure([TRANSLATE]);
    await site.run(at('09:07'));
    appendFileSync(
      join(site.root, 'config', 'desk.yaml'),
      `- { article: "${origin.url}/paper/ferry-sails-again", takedown: true }\n`,
    );
    await site.run(at('10:07'));
    expect([...site.files().values()].join()).not.toContain('UK Ferry');
    const store = await openStore((await loadSite(join(site.root, 'config', 'newsloom.yaml'), {})).store, 'read');
    const answers = await store.storedAnswers([1, 2, 3]);
    await store.close();
    expect(answers.map(({ answer }) => answer?.title).sort()).toEqual([`UK ${haus.title}`, `UK ${quay.title}`]);
  });
});

describe('docs/guides/ask-model.mjs', () => {
  const PROGRAM = join(import.meta.dirname, '../../docs/guides/ask-model.mjs');

  it('translates, summarizes and sorts with a language model, and asks again after a failure', async () => {
    const asked: { model: string; messages: { content: string }[] }[] = [];
    let fails = true;
    const model = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        asked.push(JSON.parse(body));
        const [system, user] = asked.at(-1)!.messages.map(({ content }) => content) as [string, string];
        const { title, summary } = JSON.parse(user);
        const told = /Translate/.test(system)
          ? { title: `UK ${title}`, summary: `UK ${summary}` }
          : /Summarize/.test(system)
            ? { summary: `In short: ${title}.` }
            : { topics: /quay/i.test(title) ? ['sea', 'nowhere'] : [] };
        const isRefused = fails && /quay/i.test(title);
        const content = `Sure!\n\`\`\`json\n${JSON.stringify(told)}\n\`\`\``;
        response.writeHead(isRefused ? 500 : 200).end(JSON.stringify({ choices: [{ message: { content } }] }));
      });
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
      const command = (as: string, name: string, ...words: string[]) =>
        `{ name: ${name}, run: ["${process.execPath}", "${PROGRAM}", ${[as, ...words].map((word) => JSON.stringify(word)).join(', ')}], as: ${as}, env: { MODEL: small, MODEL_URL: "${url}" }${as === 'topics' ? '' : ', language: uk'} }`;
      configure([command('translation', 'one', 'uk'), command('summary', 'two', 'uk'), command('topics', 'three', 'sea: the sea')], { topics: ['{ id: sea, label: Sea }'] }); // biome-ignore format: one call
      const first = await site.run('2026-11-24T09:00:00Z');
      expect(first.report.warnings.map(({ message }) => message).join()).toContain('HTTP 500');
      fails = false;
      await site.run('2026-11-24T10:00:00Z');
      const items = site.json('all.json').items as { title: string; _machine: { content: object[] } }[];
      expect(JSON.stringify(items.find(({ title }) => title === quay.title))).toMatch(
        /UK The quay must go.*In short: The quay must go\./,
      );
      expect(site.json('topics/sea.json').items.map(({ title }) => title)).toEqual([quay.title]);
      expect(asked.every(({ model: name }) => name === 'small')).toBe(true);
    } finally {
      model.close();
    }
  });
});
