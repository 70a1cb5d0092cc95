import { describe, expect, it } from 'vitest';
import { parseByline } from '../../src/clean/attribution/bylines.js';

const own = ['The Harbour Times', 'harbourtimes.example'];
const namesIn = (byline: string) => parseByline(byline, own);

describe('a byline of several people', () => {
  it.each([
    ['Ilse Tarn and Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['Ilse Tarn, Oda Brandt and Jan Roe', 'Ilse Tarn|Oda Brandt|Jan Roe'],
    ['Ilse Tarn, Oda Brandt, and Jan Roe', 'Ilse Tarn|Oda Brandt|Jan Roe'],
    ['Ilse Tarn,Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['Ilse, Oda, Jan and Ada Mercer', 'Ilse|Oda|Jan|Ada Mercer'],
    ['Ilse Tarn & Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['Ilse Tarn und Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['Par Ilse Tarn et Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['Ilse Tarn y Ana de la Cruz', 'Ilse Tarn|Ana de la Cruz'],
    ['Ada Mercer i Jan Kowal', 'Ada Mercer|Jan Kowal'],
    ['Ілсе Тарн та Ода Брандт', 'Ілсе Тарн|Ода Брандт'],
    ['Ilse Tarn | Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['唐小明;陈大文;', '唐小明|陈大文'],
    ['Tarn, I., Brandt, O. M., van Roe, H.-J.', 'Tarn, I.|Brandt, O. M.|van Roe, H.-J.'],
    ['Ilse Tarn (now); Oda Brandt and Jan Roe (earlier)', 'Ilse Tarn|Oda Brandt|Jan Roe'],
    ['Ilse Tarn, M.D., and Oda Brandt', 'Ilse Tarn, M.D.|Oda Brandt'],
    ['Ilse Tarn, photos by Oda Brandt', 'Ilse Tarn|Oda Brandt'],
    ['AFP | Reuters', 'AFP|Reuters'],
    ['AFP/Reuters', 'AFP|Reuters'],
    ['Ilse Tarn and The Associated Press', 'Ilse Tarn|The Associated Press'],
    ['Reuters,The Harbour Times', 'Reuters'],
    ['By Ilse Tarn and Oda Brandt, Example Agency', 'Ilse Tarn|Oda Brandt'],
  ])('%s', (byline, names) => {
    expect(namesIn(byline)).toEqual(names.split('|'));
  });
});

describe('a byline that stays whole', () => {
  it.each([
    'Roe, Jane',
    'Smith, Jr.',
    'Jan Smith, Jr.',
    'Tarn & Co., Inc.',
    'Google, Inc.',
    'Tarn, Brandt & Roe LLP',
    'Data & Society',
    'Marks and Spencer',
    'Bill and Melinda Gates Foundation',
    'Centers for Disease Control and Prevention',
    'Ministry of Roads and Bridges',
    'Byron Ash',
    'Von Arx',
    'Author Name',
    'Li Wei (李伟)',
    '@tarn',
    '/u/tarn',
    'ilse',
    'AF HAF KARTOGRAF',
    'Johannes van der Berg',
    'A correspondent in Tehran',
  ])('%s', (byline) => {
    expect(namesIn(byline)).toEqual([byline]);
  });
});

describe('additions to a name', () => {
  it.each([
    ['"By"', 'By Ilse Tarn', 'Ilse Tarn'],
    ['"By" in another language', 'Von Ilse Tarn', 'Ilse Tarn'],
    ['"Author:"', 'Автор: Ілсе Тарн', 'Ілсе Тарн'],
    ['the paper', 'Ilse Tarn, The Harbour Times UK', 'Ilse Tarn'],
    ['the paper behind a dash', 'Ilse Tarn - Harbour Times', 'Ilse Tarn'],
    ['a place', 'Ilse Tarn / Dhaka', 'Ilse Tarn'],
    ['a place with its region', 'Ilse Tarn/Davos, Switzerland', 'Ilse Tarn'],
    ['a place of two words', 'Ilse Tarn / New York', 'Ilse Tarn'],
    ['where it was written', 'Ilse Tarn in Lowell, Massachusetts', 'Ilse Tarn'],
    ['where an agency wrote it', 'Reuters in Cairo', 'Reuters'],
    ['a role in brackets', 'Ilse Tarn (Design)', 'Ilse Tarn'],
    ['a role behind a comma', 'Ilse Tarn, Environment Correspondent', 'Ilse Tarn'],
    ['a role without a comma', 'Ilse Tarn Defence and security editor', 'Ilse Tarn'],
    ['an account', 'Ilse Tarn (tarn77)', 'Ilse Tarn'],
    ['the account instead of the name', 'tarn (Ilse Tarn)', 'Ilse Tarn'],
    ['a hidden address', 'hidden (tarn)', 'tarn'],
    ['agencies', 'Ilse Tarn and agencies', 'Ilse Tarn'],
    ['the staff of an agency', 'Reuters Staff', 'Reuters'],
    ['capitals', 'ILSE O’TARN-BRANDT', 'Ilse O’Tarn-Brandt'],
  ])('%s', (_what, byline, name) => {
    expect(namesIn(byline)).toEqual([name]);
  });

  it.each([
    'Staff',
    'Staff Writer',
    'Staff and agencies',
    'Editorial Team',
    'Web Desk',
    'admin',
    'Redaktion',
    'Редакция',
    'The Harbour Times',
    'Harbour Times Staff',
    'HT Staff',
    'The Harbour Times, Inc.',
    'Harbour Times: www.harbourtimes.example',
    'Special to The Harbour Times',
    'desk@harbourtimes.example',
  ])('nobody: %s', (byline) => {
    expect(namesIn(byline)).toEqual([]);
  });
});
