/** Checks that examples in the documents run and that links resolve. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { docsPages, listAnchors } from '../scripts/docs-site.mjs';
import { FILES, repositoryOwner, withOwner } from '../scripts/repository.mjs';
import { playWeek } from '../scripts/week.mjs';
import { loadSite } from '../src/app/load-site.js';
import { commands } from '../src/cli/commands.js';
import { EXIT, toErrorDocument, UsageError } from '../src/cli/exit.js';
import { ERROR_CODES } from '../src/model/errors.js';
import { createTagger } from '../src/tag/tag.js';
import { labelNames } from '../src/write/html/page-labels.js';
import { aSite } from './support/a-site.js';
import { newsloom } from './support/command-line.js';
import { rss, serveFeeds } from './support/serve-feeds.js';
import { siteFolder } from './support/site-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  ...docsPages().map((path) => `docs/${path}`),
];
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function snippets(path: string, language: string): string[] {
  return [...read(path).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
}

describe('README.md', () => {
  it('has at most 120 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(121);
  });

  it('describes pictures in words, like the other documents: the package contains no pictures', () => {
    const shown = documents.flatMap((path) => [...read(path).matchAll(/!\[([^\]]*)\]\(/g)].map(([, alt = '']) => alt));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((alt) => alt.split(' ').length < 6)).toEqual([]);
  });

  it('shows pictures by absolute addresses of files in the repository', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, address = '']) => address);
    const raw = `https://raw.githubusercontent.com/${repositoryOwner()}/newsloom/main/`;
    expect(pictures.length).toBeGreaterThan(0);
    for (const address of pictures)
      expect([address.startsWith(raw), existsSync(join(root, address.slice(raw.length)))]).toEqual([true, true]);
  });
});

describe('docs/dependencies.md', () => {
  it('has one row for each dependency of package.json, in order', () => {
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(read('package.json'));
    const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| \w/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).sort());
  });
});

describe('NOTICE', () => {
  it('has the licence of each production dependency that does not include its own', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
    const named = [...read('NOTICE').matchAll(/^(\S+) \(.+\)\n-+$/gm)].map(([, name = '']) => name.replace(/\*$/, ''));
    const installed = Object.entries(packages).flatMap(([path, { dev }]) =>
      path !== '' && dev !== true && existsSync(join(root, path)) ? [path] : [],
    );
    const withoutText = installed.filter((path) => {
      const files = readdirSync(join(root, path));
      const readme = files.find((file) => /^readme/i.test(file));
      const inReadme = readme !== undefined && /Permission is hereby granted/.test(read(`${path}/${readme}`));
      return !inReadme && !files.some((file) => /^(?:licen[cs]e|copying)/i.test(file));
    });
    expect(installed.length).toBeGreaterThan(30);
    expect(
      withoutText.filter((path) => !named.some((name) => path.replace(/^.*node_modules\//, '').startsWith(name))),
    ).toEqual([]);
  });

  it('names the data with other licences, and where it is', () => {
    const { license } = JSON.parse(read('package.json'));
    expect(license).toBe('MIT AND CC-BY-4.0 AND CC-BY-SA-4.0');
    const places = [...read('NOTICE').matchAll(/the repository: (src\/[\w/.-]+)/g)].map(([, path = '']) => path);
    expect(places).toHaveLength(2);
    for (const path of places) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

describe('CHANGELOG.md', () => {
  it('has this version, and at most 40 lines of at most 120 characters for the first', () => {
    const lines = read('CHANGELOG.md').split('\n');
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const [, first = ''] = read('CHANGELOG.md').split(/^## \[0\.1\.0\] - /m);
    expect(first.split('\n').length).toBeLessThanOrEqual(40);
    const versions = [...read('CHANGELOG.md').matchAll(/^## \[(.+)\] - \d{4}-\d\d-\d\d$/gm)].map(([, one]) => one);
    expect(versions).toContain(JSON.parse(read('package.json')).version);
  });
});

describe('the repository', () => {
  it.each(FILES)('has the owner of package.json in each of its addresses in %s', (path) => {
    expect(read(path)).toContain(`https://github.com/${repositoryOwner()}/newsloom`);
    expect(withOwner(path, repositoryOwner())).toBe(read(path));
  });

  it('names no owner elsewhere', () => {
    const tracked = ['SECURITY.md', 'CODE_OF_CONDUCT.md', 'CONTRIBUTING.md', ...yamlFiles()];
    for (const path of tracked) expect(read(path), path).not.toMatch(/github\.com\/[\w.-]+\/newsloom/);
    expect(read('CONTRIBUTING.md')).toContain('`repository.url` in `package.json`');
  });

  it.each(yamlFiles())('has valid YAML in %s', (path) => {
    expect(parse(read(path))).toBeTypeOf('object');
  });

  it('pins actions by their major versions', () => {
    const used = yamlFiles().flatMap((path) => [...read(path).matchAll(/uses: (\S+)/g)].map(([, name = '']) => name));
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((name) => !/^[\w-]+\/[\w-]+@v\d+$/.test(name))).toEqual([]);
  });

  it('runs all checks on each supported major version of Node.js', () => {
    const { jobs } = parse(read('.github/workflows/ci.yml'));
    const supported = JSON.parse(read('package.json')).engines.node.match(/\d+(?=\.)/g);
    expect(jobs.linux.strategy.matrix.node.map(String)).toEqual(['20', '22', '24']);
    expect(supported).toEqual(expect.arrayContaining(['20', '22', '24']));
    expect(jobs.linux.steps.at(-1).run).toBe('bash .ci/run');
    expect(jobs.others.steps.at(-1).run).toBe('npm test');
  });

  it('releases from the version of package.json', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(JSON.parse(read('.release-please-manifest.json'))).toEqual({ '.': version });
    const { packages } = JSON.parse(read('release-please-config.json'));
    for (const file of packages['.']['extra-files'])
      expect(read(typeof file === 'string' ? file : file.path)).toMatch(
        typeof file === 'string' ? /x-release-please-/ : `"newsloom": "${version}"`,
      );
  });
});

/** Workflows and forms of the repository. */
function yamlFiles(): string[] {
  const found = readdirSync(join(root, '.github'), { recursive: true, encoding: 'utf8' });
  return found.filter((path) => path.endsWith('.yml')).map((path) => `.github/${path.replaceAll('\\', '/')}`);
}

describe('docs/importing.md', () => {
  it('has equivalent examples of packs', async () => {
    const [short = '', long = ''] = snippets('docs/importing.md', 'yaml');
    const SITE = 'site: { title: T, url: "https://n.test/" }\n';
    const folder = siteFolder({
      'short.yaml': `${SITE}${short}sources: []\n`,
      'long.yaml': `${SITE}${long}`,
      'house/topics.yaml': '- { id: house, any: [house] }\n',
    });
    const packed = await loadSite(join(folder, 'short.yaml'), {});
    const { sources, topics } = await loadSite(join(folder, 'long.yaml'), {});
    expect(sources.map(({ id, every }) => [id, every]).slice(0, 2)).toEqual([
      ['nature', 360],
      ['local-lab', null],
    ]);
    expect(sources).toHaveLength(packed.sources.length); // one more, one less
    expect(topics).toHaveLength(packed.topics.length);
    expect(topics.find(({ id }) => id === 'physics')?.any).toEqual(['physics', 'our collider']);
  });
});

describe('docs/troubleshooting.md', () => {
  it('has a heading with text for each error code and for wrong usage, and no other', () => {
    const rows = [...read('docs/troubleshooting.md').matchAll(/^### (\w+)\n\n(?=[A-Z`])/gm)].map(([, code]) => code);
    expect(rows).toEqual([toErrorDocument(new UsageError('')).error.code, ...Object.keys(ERROR_CODES)]);
  });

  it('lists each exit status of a failure', () => {
    const rows = [...read('docs/troubleshooting.md').matchAll(/^\| (\d+) \|/gm)].map(([, status]) => Number(status));
    const { ok, bug, interrupted, ...wrong } = EXIT;
    expect(rows).toEqual(Object.values(wrong).sort((a, b) => a - b));
  });
});

describe('docs/pages.md', () => {
  it('names every label', () => {
    const [, table = ''] = /^\| labels of [\s\S]*?---\|\n([\s\S]*?)\n\n/m.exec(read('docs/pages.md')) ?? [];
    const rows = table.split('\n').map((row) => row.split('|')[2] ?? '');
    expect([...rows.join().matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(labelNames());
  });
});

describe.each(documents)('%s', (path) => {
  it('has no broken links', () => {
    for (const [, target = ''] of read(path).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const at = file === '' ? join(root, path) : resolve(root, dirname(path), file);
      expect(existsSync(at), `${path} points to ${target}`).toBe(true);
      if (anchor !== undefined)
        expect(listAnchors(readFileSync(at, 'utf8')), `${path} points to ${target}`).toContain(anchor);
    }
  });

  it('shows only commands and options that the program has', async () => {
    const known = new Map<string, Set<string>>();
    for (const { name, load } of commands) {
      const command = await load();
      const options = command.options.map(({ flags }) => flags.match(/--[a-z-]+/)?.[0] ?? '');
      known.set(name, new Set([...options, '--quiet', '--help']));
    }
    for (const line of commandLines(read(path))) {
      const words = line.trim().split(/\s+/);
      const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => known.has(one));
      if (words[0]?.startsWith('<') || words[0]?.startsWith('-')) continue;
      expect(name, `${path}: newsloom ${line}`).toBeDefined();
      for (const [option] of line.matchAll(/(?<=\s)--[a-z][a-z-]*/g))
        expect([...(known.get(name ?? '') ?? [])], `${path}: newsloom ${line}`).toContain(option);
    }
  });
});

/** Arguments of `newsloom` in shell snippets and in code. */
function commandLines(document: string): string[] {
  const markdown = document.replace(/^```yaml\n[\s\S]*?^```$/gm, '');
  const code = [
    ...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm),
    ...markdown.matchAll(/`((?:npx )?newsloom [^`\n]+)`/g),
  ];
  return code
    .flatMap(([, text = '']) => text.split('\n'))
    .flatMap((line) => /^\s*(?:[A-Z_]+=\S+ )*(?:npx (?:--yes )?)?newsloom ([^#|>&;]+)/.exec(line)?.[1] ?? []);
}

describe('docs/library.md', () => {
  it.each(
    snippets('docs/library.md', 'ts').map((text) => [
      /import \{ ?(?:type )?(.*?) ?\} from 'newsloom'/.exec(text)?.[1],
      text,
    ]),
  )('runs: %s', async (_, text = '') => {
    const origin = await serveFeeds({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
    const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
    const folder = mkdtempSync(join(root, 'node_modules/.cache/newsloom-docs-'));
    onTestFinished(async () => {
      rmSync(folder, { recursive: true });
      site.remove();
      await origin.close();
    });
    const file = join(folder, 'snippet.ts');
    writeFileSync(
      file,
      text
        .replace("'newsloom'", `'${join(root, 'src/index.ts')}'`)
        .replace("'config/newsloom.yaml'", `'${join(site.root, 'config/newsloom.yaml')}'`),
    );
    await import(pathToFileURL(file).href);
    expect(text).toContain('assert');
  });
});

describe('docs/editing.md', () => {
  it('describes a week at the desk that can be replayed', { timeout: 300_000 }, async () => {
    const folder = siteFolder({});
    const seen = new Map<string, readonly unknown[]>();
    const run = async (argv: readonly string[]) => {
      const { status, out, err } = await newsloom(...argv);
      expect([status, err], argv.join(' ')).toEqual([0, '']);
      return out;
    };
    const titles = (site: string, path = 'all.json') =>
      JSON.parse(readFileSync(join(site, path), 'utf8')).items.map(({ title }: { title: string }) => title);
    await playWeek(
      folder,
      async (day: string, { site }: { site: string }) => {
        seen.set(day, titles(site));
        if (day === 'Tuesday')
          expect(titles(site, 'topics/culture.json')).toContain('The Bridge fills the house for a third night');
        if (day === 'Thursday')
          expect(titles(site, 'stories.json')).toEqual(['Northern market hall loses its roof in the storm']);
        if (day === 'Thursday')
          expect(readFileSync(join(site, 'stories.json'), 'utf8')).toContain('What the traders lost');
        if (day === 'Sunday') {
          const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
          const all = files.map((path) => readFileSync(join(site, path), 'utf8')).join('');
          expect(all).not.toMatch(
            /Ferry to be sold|Your horoscope|Live: the council|Opinion \||Witness names|Miracle cure/,
          );
        }
      },
      run,
    );
    expect(seen.get('Monday')).not.toContain('Ferry to be sold to a shipyard abroad');
    expect(seen.get('Tuesday')).toContain('Trams stop at nine from Sunday');
    expect(seen.get('Wednesday')).toContain('Leave the old lamps alone');
    expect(seen.get('Friday')).toEqual(
      expect.arrayContaining(['Where to help after the storm', 'How tides are reckoned']),
    );
    expect(seen.get('Sunday')).toContain('Orchard in full fruit, says its owner');
  });

  it('has valid examples', async () => {
    const site = 'site: { title: A, url: https://a.example/ }\n';
    const some = 'sources: [{ url: https://b.example/feed }]\n';
    const topics = 'topics: [{ id: harbour, any: [x] }, { id: culture, any: [x] }, { id: transport, any: [x] }]\n';
    const [, after = ''] = read('docs/editing.md').split('\n## The desk');
    const shown = [...after.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => yaml);
    expect(shown.length).toBeGreaterThanOrEqual(6);
    for (const yaml of shown) {
      const isDesk = yaml.startsWith('- { article');
      const isLinks = yaml.startsWith('- url');
      const config = isDesk || isLinks ? '' : yaml;
      const missing = [config.includes('sources:') ? '' : some, config.includes('topics:') ? '' : topics].join('');
      const folder = siteFolder({
        'config/newsloom.yaml': site + config + missing,
        'config/links.yaml': isLinks ? yaml : '',
        'content/a.md': '',
        ...(isDesk && { 'config/desk.yaml': yaml }),
      });
      const { desk } = await loadSite(join(folder, 'config/newsloom.yaml'), {});
      expect(desk.entries.length).toBe(isDesk ? yaml.trim().split('\n').length : 0);
    }
  });

  it('has valid rules', async () => {
    const [, yaml = '', several = ''] = snippets('docs/editing.md', 'yaml').filter((text) => text.startsWith('rules:'));
    const site = 'site: { title: A, url: https://a.example/ }\n';
    const { rules, sources } = await loadSite(join(siteFolder({ 'newsloom.yaml': site + yaml }), 'newsloom.yaml'), {});
    expect(rules?.map(({ action }) => action)).toEqual(['drop', 'drop', 'retitle']);
    expect(sources[0]?.rules?.map(({ action }) => action)).toEqual(['keep']);
    const more = `${site}sources: [{ url: https://b.example/feed }]\n${several}`;
    const both = await loadSite(join(siteFolder({ 'newsloom.yaml': more }), 'newsloom.yaml'), {});
    expect(both.rules?.[0]).toMatchObject({
      when: {
        groups: [{ title: ['live'] }, { category: ['Sports', 'Football'] }],
        unless: { author: ['Ada Quay'] },
      },
    });
  });
});

describe('docs/topics.md', () => {
  it('has examples that get the stated topics', async () => {
    const [yaml = ''] = snippets('docs/topics.md', 'yaml');
    const folder = siteFolder({
      'newsloom.yaml':
        'site: { title: A, url: https://a.example/ }\nsources: [{ url: https://b.example/feed }]\ntopics: topics.yaml\n',
      'topics.yaml': yaml,
    });
    const { topics } = await loadSite(join(folder, 'newsloom.yaml'), {});
    const tagger = createTagger(topics);
    const rows = [...read('docs/topics.md').matchAll(/^\| ([^|]+) \| ?([^|]*?) ?\|$/gm)].slice(2);
    expect(rows.length).toBeGreaterThan(5);
    for (const [, title = '', expected = ''] of rows) {
      const language = /[ä]/.test(title) ? 'de' : 'en';
      const given = tagger.tag({ title, language }).map(({ topicId }) => topicId);
      expect(given.sort(), title).toEqual(
        expected
          .split(', ')
          .filter((id) => id !== '')
          .sort(),
      );
    }
  });
});

describe('docs/ci.md', () => {
  it('lists the inputs and outputs of the action', () => {
    const action = parse(read('action.yml'));
    const rows = [...read('docs/ci.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)]);
    expect(action.inputs.package.default).toBe(`newsloom@${JSON.parse(read('package.json')).version}`);
  });

  it('has workflows in valid YAML', () => {
    const shown = snippets('docs/ci.md', 'yaml').map((text) => parse(text));
    expect(shown.map((one) => Object.keys(one))).toEqual([
      ['on', 'concurrency', 'permissions', 'jobs'],
      ['on', 'permissions', 'jobs'],
      ['on', 'permissions', 'jobs'],
      ['feeds'],
    ]);
  });
});
