/** The config in the repository's `config/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { siteFolder } from '../support/site-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, 'config', name), 'utf8');

/** The file with every commented-out key uncommented. */
function uncommented(yaml: string): string {
  return yaml
    .split('\n')
    .filter((line) => !/^# (yaml-language-server|sources): /.test(line))
    .map((line) => line.replace(/^(\s*)# (?=( {2})*[a-zA-Z]+:( |$))/, '$1'))
    .join('\n');
}

describe('the starting set', () => {
  it('is valid and has enough sources and topics', async () => {
    const { sources, topics, withoutEffect } = await loadSite(join(root, 'config/newsloom.yaml'), {});
    expect(sources.length).toBeGreaterThanOrEqual(15);
    expect(topics.length).toBeGreaterThanOrEqual(12);
    expect(withoutEffect).toEqual([]);
    for (const source of sources)
      expect(source).toMatchObject({ content: 'summary', url: expect.stringMatching(/^https:/) });
    expect(new Set(sources.map(({ url }) => new URL(url).hostname)).size).toBe(sources.length);
  });

  it('contains the seventeen top levels of Media Topics as an alternative', async () => {
    const [, offered = ''] = read('topics.yaml').split('Use these instead of all topics above:\n');
    const folder = siteFolder({
      'newsloom.yaml': 'site: { title: A, url: https://a.example/ }\nsources: []\ntopics: topics.yaml\n',
      'topics.yaml': offered.replace(/^# /gm, ''),
    });
    const { topics } = await loadSite(join(folder, 'newsloom.yaml'), {});
    expect(topics.map(({ id }) => id)).toHaveLength(17);
    expect(topics[12]).toMatchObject({ id: 'science-and-technology', label: { de: 'Wissenschaft und Technik' } });
  });

  it('has only valid keys and values in its comments', async () => {
    const yaml = uncommented(read('newsloom.yaml'));
    expect(yaml).toMatch(/^retention: 400d/m);
    expect(yaml).toMatch(/^ {2}perHost: 2/m);
    expect(yaml).toMatch(/^ {2}contact: mailto:/m);
    const folder = siteFolder({
      'config/newsloom.yaml': yaml,
      'config/sources.yaml': read('sources.yaml'),
      'config/topics.yaml': read('topics.yaml'),
    });
    const { site, credits } = await loadSite(join(folder, 'config/newsloom.yaml'), {});
    expect(site.feedsUrl).toBe('https://news.example.org/feeds/');
    expect(credits).toHaveLength(1);
  });
});
