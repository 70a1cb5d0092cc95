import { describe, expect, it } from 'vitest';
import { phraseKeys, wordKeys } from '../../../src/tag/phrases/word-forms.js';

const matches = (language: string, phrase: string, word: string) =>
  phraseKeys(phrase, language).some((key) => wordKeys(word, language).includes(key));

describe('forms of words', () => {
  it.each([
    ['fr', 'réalisateur', 'réalisatrices'],
    ['fr', 'enseignants', 'enseignante'],
    ['fr', 'chercheurs', 'chercheuse'],
    ['fr', 'national', 'nationaux'],
    ['fr', 'bateau', 'bateaux'],
    ['fr', 'français', 'françaises'],
    ['fr', 'ukrainien', 'ukrainiennes'],
    ['fr', 'sportif', 'sportives'],
    ['fr', 'député', 'députées'],
    ['fr', 'élection', 'elections'],
    ['de', 'Wähler'.toLowerCase(), 'wählern'],
    ['de', 'bild', 'bilder'],
    ['es', 'casa', 'casas'],
    ['es', 'elección', 'elecciones'],
    ['he', 'ישראל', 'בישראל'],
    ['he', 'איראן', 'ואיראן'],
  ])('%s: "%s" finds "%s"', (language, phrase, word) => {
    expect(matches(language, phrase, word)).toBe(true);
  });

  it.each([
    ['fr', 'pope', 'pop'],
    ['fr', 'réalisateur', 'réaliser'],
    ['fr', 'enseignants', 'enseignes'],
    ['fr', 'chercheurs', 'chercher'],
    ['fr', 'marché', 'marche'],
    ['fr', 'musée', 'muse'],
    ['fr', 'opéra', 'opère'],
    ['de', 'wähler', 'wahl'],
    ['de', 'programmers', 'programm'],
    ['es', 'caso', 'casa'],
    ['hi', 'रूस', 'रस'],
  ])('%s: "%s" does not find "%s", though stemmers confuse them', (language, phrase, word) => {
    expect(matches(language, phrase, word)).toBe(false);
  });
});
