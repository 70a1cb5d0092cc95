import { describe, expect, it } from 'vitest';
import type { TopicConfig } from '../../src/model/topic.js';
import { completeTopic, readyMadeTopic } from '../../src/tag/complete-topic.js';
import { iptcProblem } from '../../src/tag/iptc.js';
import { createTagger } from '../../src/tag/tag.js';

const topLevels = Array.from({ length: 17 }, (_, index) => `medtop:${String(index + 1).padStart(2, '0')}000000`);
const named = (iptc: string): TopicConfig => ({ id: iptc.slice(-8), iptc });
const tag = (title: string, language: string) =>
  createTagger(topLevels.map(named))
    .tag({ title, language })
    .map(({ topicId }) => topicId.slice(0, 2));

describe('ready-made Media Topics', () => {
  it('cover the seventeen top levels, with id, label and phrases in six languages', () => {
    for (const iptc of topLevels) {
      expect(iptcProblem(iptc)).toBeNull();
      const topic = completeTopic({ iptc } as unknown as TopicConfig);
      expect(topic.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const language of ['en', 'de', 'fr', 'es', 'ru', 'uk']) {
        expect(topic.label).toHaveProperty(language);
        expect(topic.listNames(language).length, `${iptc} ${language}`).toBeGreaterThan(4);
      }
    }
    expect(readyMadeTopic({ iptc: 'medtop:13000000' })).toMatchObject({ id: 'science-and-technology' });
    expect(readyMadeTopic({ iptc: 'medtop:20000056' })).toBeNull();
  });

  it.each([
    ['en', 'Astronomers point a telescope at a comet', '13'],
    ['de', 'Forscher bauen einen Roboter', '13'],
    ['fr', 'Des chercheurs lancent un satellite', '13'],
    ['es', 'Los científicos lanzan un satélite', '13'],
    ['ru', 'Учёные запустили спутник', '13'],
    ['uk', 'Науковці запустили супутник', '13'],
    ['en', 'Goalkeeper saves penalty in the semifinal', '15'],
    ['fr', 'La grève continue dans les gares', '09'],
    ['de', 'Hitzewelle im ganzen Land', '17'],
    ['es', 'Un terremoto sacude la costa', '03'],
  ])('%s: %s', (language, title, expected) => {
    expect(tag(title, language)).toContain(expected);
  });

  it('map common categories of publishers', () => {
    const [health] = createTagger([named('medtop:07000000')]).tag({
      title: 'A walk a day',
      categories: [{ term: 'Health and Medicine', scheme: null, label: null }],
    });
    expect(health?.because).toEqual([{ phrase: 'Health and Medicine', field: 'category', offset: 0, weight: 4 }]);
  });

  it('do not change a topic with its own phrases or maps', () => {
    const own: TopicConfig[] = [
      { id: 'a', iptc: 'medtop:13000000', any: ['lighthouse'] },
      { id: 'b', iptc: 'medtop:13000000', map: [{ category: 'Lamps' }] },
      { id: 'c', iptc: 'medtop:20000756' },
    ];
    expect(createTagger(own).tag({ title: 'A telescope', language: 'en' })).toEqual([]);
    const narrowed = createTagger([{ id: 'd', iptc: 'medtop:13000000', none: ['toy'] }]);
    expect(narrowed.tag({ title: 'A toy telescope', language: 'en' })).toEqual([]);
    expect(narrowed.tag({ title: 'A new telescope', language: 'en' })).toHaveLength(1);
  });
});
