import { describe, expect, it } from 'vitest';
import { readPhrase } from '../../../src/tag/phrases/phrase.js';
import { matches } from '../../support/headlines.js';

describe('readPhrase', () => {
  it.each([
    ['North Korea', { case: 'any', words: ['north', 'korea'], match: 'forms' }],
    ['=universe', { case: 'any', words: ['universe'], match: 'exact' }],
    ['US', { case: 'short', words: ['us'], match: 'exact' }],
    ['U.S.', { case: 'short', words: ['us'], match: 'exact' }],
    ['G7', { case: 'short', words: ['g7'], match: 'exact' }],
    ['NATO', { case: 'long', words: ['nato'], match: 'exact' }],
    ['ООН', { case: 'short', words: ['оон'], match: 'exact' }],
    ['Ukrain*', { case: 'any', words: ['ukrain'], match: 'prefix' }],
    ['COVID-19', { case: 'any', words: ['covid', '19'], match: 'forms' }],
    ['2024', { case: 'any', words: ['2024'], match: 'forms' }],
  ])('%s', (written, expected) => {
    const { case: letterCase, words } = readPhrase(written);
    expect({ case: letterCase, words: words.map(({ word }) => word), match: words[0]?.match }).toEqual(expected);
  });

  it('reads a phrase of an unspaced script as letters', () => {
    expect(readPhrase('朝鲜*')).toMatchObject({ run: '朝鲜', open: true, words: [] });
  });

  it.each(['', ' ', '*', '=', '—'])('parses %j as an empty phrase', (written) => {
    expect(matches(written, 'A day — * = and more', 'en')).toBe(false);
  });
});

describe('how phrases match', () => {
  it.each<[string, string, string | null]>([
    ['sanctions', 'A sanction was imposed', 'en'],
    ['crisis', 'Two crises at once', 'en'],
    ['house', 'New houses', 'en'],
    ['woman', 'Women march', 'en'],
    ['attack', 'The town was attacked', 'en'],
    ['ban', 'Phones banned in schools', 'en'],
    ['CEO', 'CEOs meet in Davos', 'en'],
    ['US', 'U.S.-led talks', 'en'],
    ['US', 'US’s answer', 'en'],
    ['NATO', 'NATO MEETS', 'en'],
    ['NATO', 'Nato meets', 'en'],
    ['cease-fire', 'A cease\u00a0fire', 'en'],
    ['St. Petersburg', 'From St Petersburg', 'en'],
    ['St Petersburg', 'From St. Petersburg', 'en'],
    ['Washington, D.C.', 'A walk in Washington, DC', 'en'],
    ['Yahoo! Japan', 'Yahoo! Japan grows', 'en'],
    ['Ukrain* troops', 'Ukrainian troops', 'en'],
    ['North Korea', '“North Korea’s” parade', 'en'],
    ['New York', 'new york', 'en'],
    ['Иран', 'в Иране', 'ru'],
    ['Корея', 'удар по Корее', 'ru'],
    ['Лавров', 'слова Лаврова', 'ru'],
    ['Харків', 'у Харкові', 'uk'],
    ['Росія', 'з Росією', 'uk'],
    ['українець', 'два українці', 'uk'],
    ['universidad', 'las universidades', 'es'],
    ['gouvernement', 'les gouvernements', 'fr'],
    ['Präsidentschaftswahl', 'vor den Präsidentschaftswahlen', 'de'],
    ['Türkiye', 'Türkiye’nin başkenti', 'tr'],
    ['seçim', 'seçimlerde', 'tr'],
    ['рука', 'у руці', 'uk'],
    ['juez', 'los jueces', 'es'],
    ['região', 'as regiões', 'pt'],
    ['nação', 'as nações', 'pt'],
    ['独立', '独立宣言', 'ja'],
    ['독일', '독일에서는', 'ko'],
    ['الصين', 'والصين', 'ar'],
    ['ウクライナ', 'ウクライナ軍', 'ja'],
    ['東京', '東京都知事選', 'ja'],
    ['AI規制', '政府がAI規制を強化', 'ja'],
    ['Tシャツ', '新しいTシャツが人気', 'ja'],
    ['5G通信', '全国で5G通信網を拡大', 'ja'],
    ['iPhone 新機種', '秋のiPhone 新機種を発表', 'ja'],
    ['AI規制', 'ＡＩ規制の行方', 'ja'],
    ['トヨタ', 'ﾄﾖﾀの新車', 'ja'],
    ['「独立」', '独立を宣言', 'ja'],
    ['ประเทศไทย', 'ข่าวประเทศไทยวันนี้', 'th'],
    ['Путин', 'визит Путина в Пекин', null],
  ])('%s is found in “%s” (%s)', (phrase, title, language) => {
    expect(matches(phrase, title, language)).toBe(true);
  });

  it.each<[string, string, string | null]>([
    ['university', 'The universe expands', 'en'],
    ['organization', 'Vital organs', 'en'],
    ['news', 'A new day', 'en'],
    ['=universe', 'Universes', 'en'],
    ['market', 'Marketplace', 'en'],
    ['marketing', 'A market opens', 'en'],
    ['US', 'TELL US WHO WILL LEAD US NOW', 'en'],
    ['US', 'Join us', 'en'],
    ['NATO', 'è nato', 'it'],
    ['G7', 'G77', 'en'],
    ['North Korea', 'North, Korea', 'en'],
    ['North Korea', 'They went north. Korea', 'en'],
    ['North Korea', 'North (Korea)', 'en'],
    ['universidad', 'el universo', 'es'],
    ['université', 'univers', 'fr'],
    ['Regierung', 'sie regieren', 'de'],
    ['Китай', 'китайский', 'ru'],
    ['Иран*', 'о тиране', 'ru'],
    ['Лавров', 'лавры победителя', 'ru'],
    ['Королёв', 'король умер', 'ru'],
    ['이란', '사랑이란', 'ko'],
    ['美国', '中美国防部长', 'zh'],
    ['マイル', 'スマイル', 'ja'],
    ['人民', '人民币汇率', 'zh'],
    ['京都', '東京都', 'ja'],
    ['I規制', 'AI規制を強化', 'ja'],
    ['AI規制', 'AI\n規制', 'ja'],
    ['kar', 'kara tahta', 'tr'],
    ['international', 'Internal affairs', 'en'],
    ['nacional', 'una nación', 'es'],
    ['مصر', 'مصرف', 'ar'],
  ])('%s is not found in “%s” (%s)', (phrase, title, language) => {
    expect(matches(phrase, title, language)).toBe(false);
  });
});
