import { describe, expect, it } from 'vitest';
import { toLanguageTag } from '../../src/text/language.js';

describe('languageTag', () => {
  it.each([
    ['uk_UA', 'uk-UA'],
    ['EN-us', 'en-US'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['eng', 'en'],
    ['GER', 'de'],
    ['por_BR', 'pt-BR'],
    ['nob', 'nb'],
    ['cmn-Hans', 'zh-Hans'],
    ['iw-IL', 'he-IL'],
    ['in-ID', 'id-ID'],
    ['ua', 'uk'],
    ['cz-CZ', 'cs-CZ'],
    ['fil', 'fil'],
    ['no', 'no'],
    ['sh', 'sh'],
    ['english', null],
    ['und', null],
  ])('reads %s as %s', (raw, tag) => expect(toLanguageTag(raw)).toBe(tag));
});
