import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { TopicConfig } from '../../../src/model/topic.js';
import { iptcProblem } from '../../../src/tag/iptc.js';
import { createTagger } from '../../../src/tag/tag.js';
import { tagHeadlines } from '../../support/headlines.js';

const topics = parse(readFileSync(new URL('../../../config/topics.yaml', import.meta.url), 'utf8')) as TopicConfig[];
const tagger = createTagger(topics);
const tag = tagHeadlines(tagger);

describe('the starting vocabulary', () => {
  it('has forty topics or more, fifteen or more of them in six languages', () => {
    const six = ['en', 'uk', 'ru', 'de', 'fr', 'es'];
    const many = topics.filter(({ label }) => typeof label === 'object' && six.every((language) => label[language]));
    expect(topics.length).toBeGreaterThanOrEqual(40);
    expect(many.length).toBeGreaterThanOrEqual(15);
  });

  it('has unique topics, existing parents and existing Media Topics', () => {
    const ids = topics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { parent } of topics) if (parent !== undefined) expect(ids).toContain(parent);
    for (const { iptc } of topics) if (iptc !== undefined) expect(iptcProblem(iptc)).toBeNull();
  });

  it('has only text phrases', () => {
    const lists = topics.flatMap(({ any, all, none, near }) => [any, all, none, ...(near ?? [])]);
    for (const phrase of lists.flatMap((list) => list ?? [])) expect(typeof phrase).toBe('string');
  });

  it('finds each of its phrases in a headline that is nothing else', () => {
    for (const { id, any, none } of topics) {
      for (const phrase of any ?? []) {
        const found = tag(phrase.replace(/[*=]/g, ''), null);
        if (!none?.includes(phrase)) expect(found, `${id}: ${phrase}`).toContain(id);
      }
    }
  });

  it.each([
    ['Environment', 'environment'],
    ['Science', 'science'],
    ['Crime', 'crime'],
    ['Health and Medicine', 'health'],
    ['Bildung', 'education'],
    ['Faits divers', 'crime'],
  ])('maps the category %s', (term, expected) => {
    const given = tagger.tag({ title: 'A quiet day', categories: [{ term, scheme: null, label: null }] });
    expect(given.map(({ topicId }) => topicId)).toContain(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['en', 'Troops from North Korea join the war in Ukraine', ['conflict', 'north-korea', 'ukraine', 'ukraine-war']],
    ['uk', 'Обстріл Харкова: війна в Україні триває', ['conflict', 'ukraine', 'ukraine-war']],
    ['ru', 'Выборы в Германии: явка избирателей выросла', ['elections', 'germany']],
    ['de', 'Nordkoreanische Truppen im Ukrainekrieg', ['conflict', 'north-korea', 'ukraine-war']],
    ['de', 'Leitzins bleibt hoch, die Inflation sinkt', ['central-banks', 'economy']],
    ['fr', 'Les élections législatives et le changement climatique', ['climate', 'elections']],
    ['es', 'Las elecciones y la inflación preocupan', ['central-banks', 'elections']],
    ['en', 'Price war among bakers', []],
    ['en', 'Roast turkey for us all', []],
    ['en', 'Goalkeeper saves penalty as Champions League returns', ['football', 'sport']],
    ['en', 'New chatbot plans your holiday, says AI start-up', ['artificial-intelligence', 'business', 'technology']],
    ['zh', '习近平抵达巴黎', ['china']],
    ['en', 'Pakistan reopens a mountain pass', ['asia']],
    ['en', 'Peru opens a new tram line', ['americas']],
    ['en', 'England footballer returns after injury', ['football', 'united-kingdom', 'europe']],
    ['en', 'Quake shakes a quiet valley', ['disasters']],
    ['en', 'Rocket launch watched from a lighthouse', ['space', 'science']],
    ['en', 'New season of a sitcom about bakers', ['film', 'culture']],
    ['en', 'Video game about ferries sells well', ['games']],
    ['en', 'Celebrity opens a bakery', ['people']],
    ['en', 'An idol made in 3700 BCE', []],
    ['fr', 'La BCE et les taux', ['central-banks']],
    ['de', 'Wie wir das hinkriegen, kriegen wir hin', []],
    ['fr', 'Un concert pop dans la gare', []],
    ['fr', 'Les enseignes de la rue ferment', []],
    ['en', 'A week in Indian Wells', []],
    ['en', 'A French Colonial house for sale', []],
  ])('%s: %s', (language, title, expected) => {
    expect(tag(title, language)).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(tag(title, language)).toEqual([]);
  });
});
