import { describe, expect, it } from 'vitest';
import { loadBackground, rarestShare } from '../../src/cluster/terms/background.js';
import { unpackVector } from '../../src/cluster/terms/packed-vector.js';
import { SourceBoilerplate } from '../../src/cluster/terms/source-boilerplate.js';
import { TermCounts } from '../../src/cluster/terms/term-counts.js';
import { findWeight } from '../../src/cluster/terms/vector.js';
import { weighByLanguage } from '../../src/cluster/terms/weigh.js';
import { stripBoilerplate } from '../../src/cluster/text/boilerplate.js';
import { isDailyFormat, isShoppingTip } from '../../src/cluster/text/daily-format.js';
import { comparedLanguage } from '../../src/cluster/text/guess-language.js';
import { readArticle } from '../../src/cluster/text/reading.js';
import { hashTerm } from '../../src/cluster/text/term.js';
import { loadStemmer } from '../../src/text/stem.js';
import { stopwords } from '../../src/text/words.js';

const noPages = new Int32Array(0);

describe('loadBackground', () => {
  it.each([
    ['en', 'government', 'sandbank'],
    ['ru', 'правительство', 'жемчужница'],
    ['uk', 'держава', 'перлинниця'],
    ['de', 'regierung', 'sandbank'],
    ['fr', 'gouvernement', 'ensablement'],
    ['es', 'gobierno', 'encalladura'],
  ])('in %s, %s is more common than %s', (language, common, rare) => {
    const share = (word: string) => loadBackground(language).share(hashTerm(language, loadStemmer(language)(word)));
    expect(share(common)).toBeGreaterThan(20 * share(rare));
  });

  it('treats at most one rare word in 256 as common', () => {
    const words = Array.from({ length: 20_000 }, (_, at) => hashTerm('uk', `unheard${at}`));
    const taken = words.filter((term) => loadBackground('uk').share(term) > rarestShare);
    expect(taken.length / words.length).toBeCloseTo(1 / 256, 2);
    expect(taken.length).toBeGreaterThan(0);
  });

  it('treats all words of a language without a table as rare', () => {
    expect(loadBackground('xx').share(1)).toBe(rarestShare);
    expect(loadBackground('../en').share(hashTerm('../en', 'people'))).toBe(rarestShare);
  });
});

describe('removeBoilerplate', () => {
  it.each([
    ['Breaking: ferry aground', [], 'ferry aground'],
    ['СРОЧНО: паром сел на мель', [], 'паром сел на мель'],
    ['[VIDEO] Ferry aground', [], '[VIDEO] Ferry aground'],
    ['Ferry aground off Velmora | The Lantern', ['The Lantern'], 'Ferry aground off Velmora'],
    ['Ferry aground off Velmora - harbour dispatch', ['harbour-dispatch'], 'Ferry aground off Velmora'],
    ['Ferry aground off Velmora – captain blamed', ['The Lantern'], 'Ferry aground off Velmora – captain blamed'],
    ['Breaking bread with neighbours', [], 'Breaking bread with neighbours'],
    ['Live: ', [], 'Live: '],
  ])('%s', (title, names, expected) => {
    expect(stripBoilerplate(title, names)).toBe(expected);
  });
});

describe('isDailyFormat', () => {
  it.each([
    'Morning briefing: Tuesday',
    'News Wrap: Ferry service resumes after strike',
    'First Thing: Ferry service resumes after strike',
    'Market wrap: shares slip',
    'Прогноз погоды на 8 ноября',
    'Your horoscope for Monday',
    'Wordle hints and answer for Tuesday, No. 2031',
    'Stuck? Hints for today’s NYT Connections',
    'Saturday’s winning numbers',
    'TV schedule: what to watch tonight',
    'Rovers news and transfers RECAP',
    'Rovers transfer round-up: two strikers sought',
    'Transfer rumours: Aldermann, Okoro, Petrik',
    'Harbour league gossip: Rovers, United, Town',
    'Слухи и трансферы: «Брехольт» ищет вратаря',
    'The Daily: a vote, a strike; and more',
    'Ce qu’il faut retenir de la journée',
  ])('matches %s', (title) => expect(isDailyFormat(title)).toBe(true));
  it.each([
    'Severe weather closes Velmora port',
    'Minister skips briefing on tunnel',
    'Report: ferry company kept defects quiet',
    'Daily life in Brenholt',
    'Maker of Wordle sells it to a newspaper',
    'Family has answers at last after connections to smugglers are shown',
    'Live: ferry aground off Velmora',
    'Coach denies transfer rumours after the defeat',
    'Good news lives on in Brenholt',
    'Погодные рекорды',
  ])('does not match %s', (title) => expect(isDailyFormat(title)).toBe(false));
});

describe('isShoppingTip', () => {
  it.each([
    'The 14 best early Black Friday kettle deals',
    'Save on kettles: €30 off this week only',
    'The best folding bikes for 2031, tested and reviewed',
    'Kettle hits its lowest price ever',
    'A gift guide for people who row',
    'Schnäppchen der Woche: Wasserkocher',
    'Five quick recipes with herring',
    'A herring salad for rowers (recipe inside)',
    'Buy Velmora Shipping, target price 180: Aldermann Securities',
  ])('matches %s', (title) => expect(isShoppingTip(title)).toBe(true));

  it.each([
    'Black Friday begins with queues in Brenholt',
    'Best Shipping makes a deal with the harbour',
    'Parliament deals with the ferry',
    'Harbour sold for €30 million',
    'Cuts are a recipe for disaster, harbour master says',
    'Rovers buy striker, target promotion',
  ])('does not match %s', (title) => expect(isShoppingTip(title)).toBe(false));
});

describe('comparedLanguage', () => {
  it('guesses by script if no language is declared', () => {
    const texts = ['Ferry', 'Паром', 'Пором і міст', '渡し船です', '渡轮', '페리'];
    const languages = texts.map((text) => comparedLanguage(null, text));
    expect(languages).toEqual(['en', 'ru', 'uk', 'ja', 'zh', 'ko']);
    const mixed = ['A β-amyloid trial', 'ДДТ sing at the ferry', 'The 鬼滅 film', ''];
    expect(mixed.map((text) => comparedLanguage(null, text))).toEqual(['en', 'en', 'en', 'en']);
    expect(comparedLanguage(null, 'Паром Astrilda стоит у пристани')).toBe('ru');
  });

  it('has one code for Norwegian', () => {
    expect(['no', 'nb-NO', 'nn'].map((declared) => comparedLanguage(declared, ''))).toEqual(['nb', 'nb', 'nb']);
    expect(stopwords('nb').has('ikke')).toBe(true);
  });
});

describe('readArticle', () => {
  const term = (word: string) => hashTerm('en', loadStemmer('en')(word));
  const countOf = (reading: ReturnType<typeof readArticle>, word: string) =>
    reading.counts[reading.terms.indexOf(term(word))];

  it('counts stems without stopwords, with more weight in the title', () => {
    const reading = readArticle({ title: 'The ferries', summary: 'A ferry and its captain', language: 'en-GB' });
    expect(countOf(reading, 'ferry')).toBe(3.5);
    expect(countOf(reading, 'captain')).toBe(1);
    expect(reading.terms).toHaveLength(2);
    expect(reading.titleTerms).toBe(1);
  });

  it('ignores emoji and isolated marks', () => {
    const reading = readArticle({ title: '☀️ ⚽️ 👨‍👩‍👧 ferry \u0301 ि 7', language: 'en' });
    expect([...reading.terms]).toEqual([term('ferry'), term('7')]);
  });

  it('counts a summary once if the body repeats it', () => {
    const summary = 'Lifeboats brought everybody ashore before the tide turned at night.';
    const body = readArticle({ title: 'x', summary, contentHtml: `<p>${summary}</p><p>Fog.</p>`, language: 'en' });
    expect(countOf(body, 'lifeboats')).toBe(1);
    expect(countOf(body, 'fog')).toBe(1);
    const apart = readArticle({ title: 'x', summary, contentHtml: '<p>Lifeboats again.</p>', language: 'en' });
    expect(countOf(apart, 'lifeboats')).toBe(2);
  });

  it('weighs rare words more than common ones', () => {
    const vector = unpackVector(weighByLanguage(readArticle({ title: 'government ferry', language: 'en' })));
    expect(findWeight(vector, term('ferry'))).toBeGreaterThan(1.5 * findWeight(vector, term('government')));
  });
});

describe('TermCounts', () => {
  it('estimates shares of terms, cautiously with few articles', () => {
    const counts = new TermCounts();
    expect(counts.share(1)).toBe(0);
    for (let n = 0; n < 100; n += 1) counts.add(Int32Array.of(1, 1000 + n));
    expect(counts.share(1)).toBeGreaterThan(0.8);
    expect(counts.share(1)).toBeLessThan(1);
    expect(counts.share(1005)).toBe(0);
  });

  it('has a bounded size and keeps common terms', () => {
    const counts = new TermCounts();
    for (let n = 0; n < 2000; n += 1)
      counts.add(Int32Array.from({ length: 40 }, (_, at) => (at === 0 ? 7 : n * 40 + at)));
    expect(counts.toBytes().length).toBeLessThan(300_000);
    expect(counts.share(7)).toBeGreaterThan(0.9);
    expect(TermCounts.from(counts.toBytes()).share(7)).toBe(counts.share(7));
  });
});

describe('SourceBoilerplate', () => {
  const words = (n: number) => Int32Array.from({ length: 30 }, (_, at) => (at === 0 ? 7 : n * 30 + at + 50));

  it('is a term of a fifth of a source’s articles that is rare elsewhere', () => {
    const boilerplate = new SourceBoilerplate();
    const site = new TermCounts();
    const tell = (n: number) => {
      boilerplate.add(words(n), noPages);
      site.add(words(n));
    };
    for (let n = 0; n < 4; n += 1) tell(n);
    expect(boilerplate.has(7, site)).toBe(false);
    for (let n = 4; n < 200; n += 1) tell(n);
    expect(boilerplate.has(7, site)).toBe(true);
    expect(Array.from({ length: 5000 }, (_, n) => n + 100).filter((term) => boilerplate.has(term, site))).toEqual([]);
    expect(SourceBoilerplate.from(boilerplate.toBytes()).has(7, site)).toBe(true);
  });

  it('is not a term of the current story in other sources', () => {
    const boilerplate = new SourceBoilerplate();
    const site = new TermCounts();
    for (let n = 0; n < 50; n += 1) {
      boilerplate.add(words(n), noPages);
      site.add(words(n));
      site.add(words(1000 + n)); // elsewhere too
      site.add(Int32Array.of(90_000 + n));
    }
    expect(boilerplate.has(7, site)).toBe(false);
  });
});
