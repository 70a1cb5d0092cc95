/** A site in a temporary folder, for end-to-end tests. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadSite } from '../../src/app/load-site.js';
import { runSite } from '../../src/app/run-site.js';
import type { RunSiteOptions } from '../../src/app/run-tools.js';
import type { RunResult } from '../../src/pipeline/run.js';
import { REMOVED } from './temporary-folder.js';

export interface SiteParts {
  /** Lines of YAML below `sources:`. */
  readonly sources: readonly string[];
  readonly topics?: readonly string[];
  /** More lines of YAML below `site:`. */
  readonly site?: readonly string[];
  /** More lines of YAML at the top level. */
  readonly more?: readonly string[];
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface TestSite {
  readonly root: string;
  readonly feeds: string;
  configure(parts: SiteParts): void;
  run(now: string, options?: Partial<RunSiteOptions>): Promise<RunResult>;
  read(path: string): string;
  json(path: string): { items: Record<string, unknown>[] } & Record<string, unknown>;
  /** Text of every published file, or of those in one folder. */
  files(below?: string): Map<string, string>;
  remove(): void;
}

const quiet = { start: () => {}, done: () => {}, published: () => {} };

export function aSite(parts: SiteParts): TestSite {
  const root = mkdtempSync(join(tmpdir(), 'newsloom-test-'));
  const config = join(root, 'config', 'newsloom.yaml');
  const feeds = join(root, 'feeds');
  let env: Readonly<Record<string, string>> = {};
  const site: TestSite = {
    root,
    feeds,
    configure: ({ sources, topics = [], site: about = [], more = [], env: given = {} }) => {
      env = given;
      const lines = [
        'site:',
        '  title: The Section',
        '  url: https://news.example.org/',
        '  feedsUrl: https://news.example.org/feeds/',
        ...about.map((line) => `  ${line}`),
        'sources:',
        ...sources.map((line) => `  - ${line}`),
        ...(topics.length > 0 ? ['topics:', ...topics.map((line) => `  - ${line}`)] : []),
        // Requests must not time out on a busy machine.
        'fetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 60s }',
        ...more,
      ];
      mkdirSync(join(root, 'config'), { recursive: true });
      writeFileSync(config, `${lines.join('\n')}\n`);
    },
    run: async (now, options = {}) =>
      runSite(await loadSite(config, env), {
        now: new Date(now),
        force: true,
        only: null,
        offline: false,
        dryRun: false,
        forcePublish: false,
        signal: new AbortController().signal,
        observer: quiet,
        ...options,
      }),
    read: (path) => readFileSync(join(feeds, path), 'utf8'),
    json: (path) => JSON.parse(readFileSync(join(feeds, path), 'utf8')),
    files: (below = '.') =>
      new Map(walk(join(feeds, below)).map((file) => [relative(feeds, file), readFileSync(file, 'utf8')])),
    remove: () => rmSync(root, REMOVED),
  };
  site.configure(parts);
  return site;
}

function walk(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .sort()
    .flatMap((name) => (statSync(join(dir, name)).isDirectory() ? walk(join(dir, name)) : [join(dir, name)]));
}
