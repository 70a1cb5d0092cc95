import { describe, expect, it } from 'vitest';
import { canBeWritten, detectScript, findScriptLanguage } from '../../src/clean/writing-system.js';

describe('the script of a text', () => {
  it.each([
    ['The harbour reopens', 'Latin'],
    ['Порт знову відкрито', 'Cyrillic'],
    ['Порт Northport знову відкрито', 'Cyrillic'],
    ['Northport: порт', 'Latin'],
    ['港口重新开放', 'Han'],
    ['港が再び開く', 'Kana'],
    ['항구가 다시 열린다', 'Hangul'],
    ['الميناء يفتح', 'Arabic'],
    ['2026: 12.5 %', null],
    ['', null],
  ])('%s: %s', (text, script) => {
    expect(detectScript(text)).toBe(script);
  });

  it('reads Han with a few kana as Chinese', () => {
    expect(detectScript(`${'港口重新开放'.repeat(3)}の`)).toBe('Han');
  });
});

it.each([
  ['Hangul', 'ko'],
  ['Han', 'zh'],
  ['Kana', 'ja'],
  ['Greek', 'el'],
  ['Cyrillic', null],
  ['Latin', null],
  [null, null],
])('%s alone tells the language: %s', (script, language) => {
  expect(findScriptLanguage(script)).toBe(language);
});

it.each([
  ['uk', 'Cyrillic', true],
  ['en', 'Cyrillic', false],
  ['sr', 'Latin', true],
  ['ru', 'Latin', false],
  ['fr', 'Latin', true],
  ['ja', 'Han', true],
  ['en', null, true],
])('%s in %s: %s', (language, script, may) => {
  expect(canBeWritten(language, script)).toBe(may);
});
