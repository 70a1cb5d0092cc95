import { describe, expect, it } from 'vitest';
import type { Rule, RuleConditions, RuleFilter } from '../../src/model/rule.js';
import type { RuledArticle } from '../../src/rules/conditions.js';
import { expressionProblem } from '../../src/rules/expression.js';
import { compileRules, isDropName, type Ruling } from '../../src/rules/rules.js';
import { aDraft, type DraftParts } from '../support/a-draft.js';

const at = { file: 'config/newsloom.yaml', line: 1 };
const filter = (...groups: RuleConditions[]): RuleFilter => ({ groups, unless: {} });
const drop = (when: RuleConditions, line = 1): Rule => ({ at: { ...at, line }, action: 'drop', when: filter(when) });
const keep = (when: RuleConditions, line = 1): Rule => ({ at: { ...at, line }, action: 'keep', when: filter(when) });
const cut = (...values: string[]): Rule => ({ at, action: 'retitle', cut: values });

const anArticle = (parts: DraftParts): RuledArticle => ({ sourceId: 'paper', ...aDraft(parts) });

async function ruling(rules: readonly Rule[], parts: DraftParts, own: readonly Rule[] = []): Promise<Ruling> {
  const compiled = await compileRules({ common: rules, bySource: new Map([['paper', own]]) });
  return compiled.apply(anArticle(parts));
}

const person = (name: string) => [{ name, url: null }];
const category = (term: string, label: string | null = null) => [{ term, scheme: null, label }];
const audio = [{ url: 'https://paper.example/a.mp3', type: 'audio/mpeg', length: null, duration: null }];
const picture = { url: 'https://paper.example/a.jpg', width: null, height: null, alt: null, type: null };

describe('an expression', () => {
  it('is limited in size', async () => {
    expect(await expressionProblem('/(\\pL{1,900}){1,1}\\pN/')).toContain('too large; repeat fewer times');
    expect(await expressionProblem(`/\\b(?:${'harbour|ferry|quay|'.repeat(20)}tide)\\b/i`)).toBeNull();
  });

  it('is limited in time, over all articles', async () => {
    let now = 0;
    const elapsed = () => (now += 4000);
    const { apply } = await compileRules({ common: [drop({ title: ['/x{400}/'] })], bySource: new Map() }, elapsed);
    const applyTo = (articles: number) => Array.from({ length: articles }, () => apply(anArticle({ title: 'A' })));
    expect(applyTo(14)).toHaveLength(14);
    expect(() => applyTo(1)).toThrow('the expressions of the rules took more than 60 s; simplify them, first /x{400}/');
  });
});

describe('a condition', () => {
  it.each<[string, RuleConditions, DraftParts, boolean]>([
    ['a phrase in the headline', { title: ['horoscope'] }, { title: 'Your horoscopes for Friday' }, true],
    ['a phrase in another field', { title: ['horoscope'] }, { title: 'Stars', summary: 'Your horoscope' }, false],
    ['a word with a space of no width in it', { title: ['horoscope'] }, { title: 'Your horo\u200bscope' }, true],
    ['a part of a word', { title: ['ice'] }, { title: 'Police at the harbour' }, false],
    ['the beginning of a word', { title: ['Live:*'] }, { title: 'Live: ferry strikes quay' }, true],
    ['capitals', { title: ['WHO'] }, { title: 'Who will lead the port?' }, false],
    ['words of another language', { title: ['гороскоп'] }, { title: 'Щоденні гороскопи', language: 'uk' }, true],
    ['an expression', { title: ['/^Live[:,]/'] }, { title: 'Live: ferry strikes quay' }, true],
    ['an expression in other capitals', { title: ['/^live/'] }, { title: 'Live: ferry' }, false],
    ['an expression without regard to capitals', { title: ['/^live/i'] }, { title: 'Live: ferry' }, true],
    ['a phrase in the text', { text: ['gift card'] }, { contentHtml: '<p>Win a gift card.</p>' }, true],
    ['a phrase across two fields', { text: ['ferry word'] }, { title: 'The ferry', summary: 'Word came' }, false],
    ['an expression at the end of the summary', { text: ['/Sponsored$/'] }, { summary: 'New. Sponsored' }, true],
    ['a category', { category: ['sponsored'] }, { categories: category('Sponsored content') }, true],
    ['the label of a category', { category: ['Advertorial'] }, { categories: category('x1', 'Advertorial') }, true],
    ['an expression over a whole category', { category: ['/^Ads$/'] }, { categories: category('Ads') }, true],
    ['an author', { author: ['Partner content'] }, { authors: person('Partner Content') }, true],
    ['no author', { author: ['Partner content'] }, {}, false],
    ['a part of the address', { url: ['/deals/'] }, { url: 'https://paper.example/Deals/ferry' }, true],
    ['another word in the address', { url: ['/deals/'] }, { url: 'https://paper.example/ideals/ferry' }, false],
    ['a host', { url: ['shop.paper.example'] }, { url: 'https://shop.paper.example/a' }, true],
    ['an expression', { url: ['/\\/(deals|offers)\\//'] }, { url: 'https://paper.example/offers/ferry' }, true],
    ['a language', { language: ['pt'] }, { language: 'pt-BR' }, true],
    ['a region of a language', { language: ['pt-PT'] }, { language: 'pt-BR' }, false],
    ['an unknown language', { language: ['en'] }, { language: null }, false],
    ['audio', { media: ['audio'] }, { enclosures: audio }, true],
    ['shorter', { duration: ['<90s'] }, { enclosures: audio.map((one) => ({ ...one, duration: 89 })) }, true],
    ['not shorter', { duration: ['<90s'] }, { enclosures: audio.map((one) => ({ ...one, duration: 90 })) }, false],
    ['longer', { duration: ['>2h'] }, { enclosures: audio.map((one) => ({ ...one, duration: 7201 })) }, true],
    [
      'unknown duration',
      { duration: ['<90s'] },
      { enclosures: audio.map((one) => ({ ...one, duration: null })) },
      false,
    ],
    ['no video', { media: ['video'] }, { enclosures: audio }, false],
    ['a picture', { media: ['image'] }, { image: picture }, true],
    ['one of several', { title: ['horoscope'], media: ['audio'] }, { enclosures: audio }, true],
  ])('finds (or not) %s: %j', async (_, when, parts, expected) => {
    expect((await ruling([drop(when)], parts)).dropped !== null).toBe(expected);
  });

  it('takes linear time for expressions that are slow with backtracking', async () => {
    const rules = [drop({ title: ['/^(a+)+$/'] })];
    const { dropped } = await ruling(rules, { title: `${'a'.repeat(20_000)}b` });
    expect(dropped).toBeNull();
  });
});

describe('rules in order', () => {
  it('are named after the matching values, with their position', async () => {
    const rules = [drop({ title: ['quay'] }, 4), drop({ title: ['storm', 'ferry'] }, 7)];
    expect((await ruling(rules, { title: 'Ferry sails' })).dropped).toEqual({
      rule: 'drop title: ferry',
      at: { ...at, line: 7 },
    });
  });

  it('hide everything that a keep does not match', async () => {
    const rules = [keep({ title: ['Alderton'], category: ['Harbour'] })];
    expect((await ruling(rules, { title: 'Alderton votes' })).dropped).toBeNull();
    expect((await ruling(rules, { title: 'Storm' })).dropped?.rule).toBe('keep title: Alderton, category: Harbour');
  });

  it.each([
    ['a drop before it stands', [drop({ title: ['ferry'] }), keep({ title: ['Alderton'] })], false],
    ['no drop after it is asked', [keep({ title: ['Alderton'] }), drop({ title: ['ferry'] })], true],
  ])('apply a keep: %s', async (_, rules, shown) => {
    expect((await ruling(rules, { title: 'Alderton ferry' })).dropped === null).toBe(shown);
  });

  it('apply the source’s rules first', async () => {
    const { dropped } = await ruling([drop({ title: ['ferry'] })], { title: 'Ferry' }, [keep({ title: ['ferry'] })]);
    expect(dropped).toBeNull();
  });

  it('ignore the rules of other sources', async () => {
    const bySource = new Map([['gazette', [drop({ title: ['ferry'] })]]]);
    const { apply } = await compileRules({ common: [], bySource });
    expect(apply(anArticle({ title: 'Ferry' })).dropped).toBeNull();
  });
});

describe('several conditions', () => {
  const sports: RuleConditions = { category: ['Sports', 'Football'] };
  const dropLive: Rule = {
    at,
    action: 'drop',
    when: { groups: [{ title: ['live'] }, sports], unless: { author: ['Ada Quay'], url: ['/finals/'] } },
  };

  it.each<[string, DraftParts, boolean]>([
    ['one of each group', { title: 'Live from the quay', categories: category('Football') }, false],
    ['of the first group only', { title: 'Live from the quay', categories: category('Harbour') }, true],
    ['of the second group only', { title: 'Ferry wins', categories: category('Sports') }, true],
    ['what is excepted', { title: 'Live', categories: category('Sports'), authors: person('Ada Quay') }, true],
    [
      'something else that is excepted',
      { title: 'Live', categories: category('Sports'), url: 'https://paper.example/finals/1' },
      true,
    ],
  ])('combine: %s', async (_, parts, shown) => {
    expect((await ruling([dropLive], parts)).dropped === null).toBe(shown);
  });

  it('keep only what matches all of them', async () => {
    const rule: Rule = { at, action: 'keep', when: { groups: [sports], unless: { title: ['live'] } } };
    expect((await ruling([rule], { title: 'Ferry wins', categories: category('Sports') })).dropped).toBeNull();
    expect((await ruling([rule], { title: 'Live', categories: category('Sports') })).dropped?.rule).toBe(
      'keep category: Sports, category: Football, unless title: live',
    );
  });

  it('are all part of the name, which identifies the rule', async () => {
    const { dropped } = await ruling([dropLive], { title: 'Live', categories: category('Football') });
    const name = 'drop title: live and category: Football, unless author: Ada Quay, url: /finals/';
    expect(dropped?.rule).toBe(name);
    expect(isDropName(name, dropLive)).toBe(true);
    const others: Rule[] = [
      drop({ title: ['live'] }),
      keep({ title: ['live'] }),
      cut('live'),
      { ...dropLive, when: { ...dropLive.when, unless: {} } },
      { ...dropLive, when: { ...dropLive.when, groups: [sports, { title: ['live'] }] } },
    ];
    for (const other of others) expect(isDropName(name, other)).toBe(false);
  });
});

describe('a headline', () => {
  it.each([
    ['Opinion | The quay must go', ['/^Opinion \\| /'], 'The quay must go'],
    ['Storm nears - Reuters', ['/ - Reuters$/'], 'Storm nears'],
    ['Exclusive: Storm nears', ['Exclusive: '], 'Storm nears'],
    ['Storm (video) nears (video)', ['(video)'], 'Storm nears'],
    ['Storm nears', ['/^Opinion/', 'Exclusive: '], null],
    ['Opinion | ', ['/^Opinion \\| */'], null],
    ['exclusive: Storm nears', ['Exclusive: '], null],
  ])('%s, cut by %j, is %s', async (title, values, expected) => {
    expect((await ruling([cut(...values)], { title })).retitled?.title ?? null).toBe(expected);
  });

  it('is cut by all rules, also after a keep; conditions examine the original', async () => {
    const rules = [cut('Opinion | '), keep({ title: ['opinion'] }), cut('/!+$/')];
    expect(await ruling(rules, { title: 'Opinion | Go!!' })).toMatchObject({
      dropped: null,
      retitled: { title: 'Go', at },
    });
  });
});
