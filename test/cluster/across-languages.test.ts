import { describe, expect, it } from 'vitest';
import { commonMentions, isAlsoReported, mentionsOf } from '../../src/cluster/across-languages.js';
import { noon } from '../support/wire.js';

const told = (language: string, title: string, summary: string, hour = 0) =>
  mentionsOf({ title, summary, language, publishedAt: new Date(noon + hour * 3_600_000) });

const english = told(
  'en',
  'Ferry aground off Norway',
  'Captain Torvald Brandelsen kept all 212 aboard the Kvernmoor calm.',
);
const russian = told(
  'ru',
  'В Норвегии паром сел на мель',
  'Капитан Брандельсен успокоил 212 пассажиров. Норвегия начала проверку.',
  2,
);

describe('isAlsoReported', () => {
  it('recognises names, numbers and countries in another script', () => {
    const shared = [...russian.cognates.keys()].filter((cognate) => english.cognates.has(cognate));
    expect(shared.sort()).toEqual(['212', 'NO', 'brnd', 'kptn']);
    expect(isAlsoReported(english, russian)).toBe(true);
    expect(isAlsoReported(russian, english)).toBe(true);
  });

  it.each([
    ['another day', told('ru', 'В Норвегии паром сел на мель', 'Капитан Брандельсен, 212 пассажиров, Норвегия.', 25)],
    ['a country alone', told('ru', 'Норвегия: паром снова на ходу', 'Норвегия начала проверку.')],
    ['one name alone', told('ru', 'Брандельсен уволен', 'Проверка началась.')],
    ['a tip what to buy', told('ru', 'Скидки: промокоды на «Кверноор»', 'Капитан Брандельсен, 212, Норвегия.')],
    ['one language', english],
    ['a language whose common words are unknown', told('tl', 'Kapitan Torvald Brandelsen', 'Kvernmoor, 212, Norway.')],
  ])('is false for %s', (_, other) => {
    expect(isAlsoReported(english, other)).toBe(false);
  });

  it('reduces words to their first consonants, and keeps names with three capitals or numbers', () => {
    const text = told('en', 'Ohio: Radcliffe tries the KX7 for BBQ', '');
    expect([...text.cognates.keys()].sort()).toEqual(['bbq', 'kx7', 'ohio', 'rdkl']);
    const other = told('ru', 'Рэдклифф испытал KX7', '');
    expect(isAlsoReported(text, other)).toBe(true);
  });

  it('ignores years, stopwords and short words', () => {
    const text = told('en', 'Norway in 2026', 'There are 17 new inns.');
    expect([...text.cognates.keys()].sort()).toEqual(['17', 'NO']);
  });

  it('links only reports of the same event among four languages', () => {
    const events = [
      [
        told(
          'en',
          'Orsolya Brandvik elected mayor of Velmora',
          'The engineer won 58 percent in Norway’s harbour town.',
        ),
        told(
          'de',
          'Orsolya Brandvik wird Bürgermeisterin von Velmora',
          'Die Ingenieurin holte in der norwegischen Stadt 58 Prozent.',
        ),
        told('uk', 'Оршоля Брандвік стала мером Велмори', 'Інженерка здобула 58 відсотків у норвезькому місті.'),
      ],
      [
        told('en', 'Dam at Kestrelund cracks after storm', 'Sweden moves 1,400 people out of the Torsby valley.'),
        told(
          'fr',
          'Le barrage de Kestrelund fissuré par la tempête',
          'La Suède évacue 1,400 personnes de la vallée de Torsby.',
        ),
        told('ru', 'Плотина в Кестрелунде дала трещину', 'Швеция вывозит 1,400 человек из долины Торсбю.'),
      ],
    ];
    for (const [at, reports] of events.entries()) {
      for (const one of reports) {
        for (const other of reports) if (one !== other) expect(isAlsoReported(one, other)).toBe(true);
        for (const other of events[1 - at]!) expect(isAlsoReported(one, other)).toBe(false);
      }
    }
  });
});

describe('commonMentions', () => {
  const matter = 'The Velmoran fever, FEV-19, and the ministry';
  const others = Array.from({ length: 30 }, (_, at) => {
    const town = `${'BDFGKLMNPR'[at % 10]}${'aeo'[Math.floor(at / 10)]}rund${'aeio'[at % 4]}l`;
    return told('en', `${town} counts its shops`, at % 3 === 0 ? matter : 'All was calm.');
  });
  const count = told('de', 'Velmoran-Fieber FEV-19: Ministerium warnt', 'Das Ministerium zählte 4.112 Betten.');
  const advice = told('en', 'Velmoran fever FEV-19: the ministry’s advice', 'Wash your hands.');
  const beds = told('en', 'Ministry counts 4,112 beds', 'The ministry warned of the Velmoran fever.');

  it('links by rare names, not by those in a third of the day’s articles', () => {
    const common = commonMentions([...others, count, advice, beds]);
    expect(isAlsoReported(count, advice)).toBe(true);
    expect(isAlsoReported(count, advice, common)).toBe(false);
    expect(isAlsoReported(english, russian, common)).toBe(true);
  });

  it('says nothing of few texts: an event that each language tells would be common', () => {
    expect(commonMentions(others.slice(0, 24))).toBeNull();
    const telling = [english, russian, told('de', 'Fähre vor Norwegen', 'Brandelsen: 212 Gerettete.')];
    const common = commonMentions([...others.slice(0, 22), ...telling]);
    expect(isAlsoReported(english, russian, common)).toBe(true);
  });
});
