/** The config in the repository's `config/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { createTagger } from '../../src/tag/tag.js';
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

  it.each<[title: string, summary: string, language: string, not: string]>([
    ['Le chef du gouvernement parle', '', 'fr', 'food'],
    ['Neuer Chef der Bahn', '', 'de', 'food'],
    ['ATP 450: The new laptops', 'A podcast on computers.', 'en', 'tennis'],
    ['Hacker News has a new rule', '', 'en', 'cybersecurity'],
    ['Mayor opens bridge', 'It is long. Follow us on Facebook, Instagram and YouTube.', 'en', 'social-media'],
    ['Mayor opens bridge', 'For the latest on COVID-19 and vaccines, click the link below.', 'en', 'epidemics'],
    ['The plan is seen', 'It came up like the periscope of a submarine.', 'en', 'defence'],
    ['Harvest moon seen tonight', '', 'en', 'agriculture'],
    ['Cleveland Indians win', '', 'en', 'asia'],
    ['الرئيس أو الوزير', '', 'ar', 'oceania'],
    ['Dit beeld hangt in Het Parool', '', 'nl', 'crime'],
    ['A ala militar reage', '', 'pt', 'conflict'],
    ['The app got a bad press', 'It was earning itself a reputation.', 'en', 'business'],
    ['US Treasury chief expects cheap oil', '', 'en', 'markets'],
    ['VW sperrt Nutzer von Custom ROMs aus', '', 'de', 'europe'],
    ['Real Madrid gewinnt in Grenade', '', 'fr', 'americas'],
    ['Killer whale dies at 36', '', 'en', 'crime'],
    ['A shop for old tools', 'A Danish designer opened it.', 'en', 'europe'],
    ['Prince turns thirteen', 'He will go to a secondary school.', 'en', 'education'],
    ['Solutions for governments', 'News of legislative issues.', 'en', 'elections'],
    ['Anime gets fifth season', '', 'en', 'sport'],
  ])('does not mistake "%s" (%s)', async (title, summary, language, not) => {
    const { topics } = await loadSite(join(root, 'config/newsloom.yaml'), {});
    expect(
      createTagger(topics)
        .tag({ title, summary, language })
        .map(({ topicId }) => topicId),
    ).not.toContain(not);
  });

  it.each([
    ['Police arrest man over stolen boats', 'crime'],
    ['TV presenter leaves after twenty years', 'film'],
    ['Emma Raducanu wins again', 'tennis'],
    ['Home loans get dearer', 'economy'],
    ['Celebrity chef opens a kitchen', 'food'],
    ['Hackers stole the plans', 'cybersecurity'],
    ['TikTok limits the young', 'social-media'],
  ])('knows what "%s" is about', async (title, topic) => {
    const { topics } = await loadSite(join(root, 'config/newsloom.yaml'), {});
    expect(createTagger(topics).tag({ title, language: 'en' }).map(({ topicId }) => topicId)).toContain(topic);
  }); // biome-ignore format: tables

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
