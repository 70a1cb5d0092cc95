import { describe, expect, it } from 'vitest';
import {
  derivePublicationName,
  listPublicationNames,
  matchesName,
} from '../../src/clean/attribution/publication-name.js';

const named = (title: string, host: string, rights = '') =>
  derivePublicationName({ title, url: host === '' ? null : `https://${host}/`, rights });

describe('the name of a publication', () => {
  it.each([
    ['as its title says', 'Quiet Hills', 'hills.example', 'Quiet Hills'],
    ['behind a section', 'World news | The Harbour Times', 'harbourtimes.example', 'The Harbour Times'],
    ['before a section', 'Harbour Times: International', 'www.harbourtimes.example', 'Harbour Times'],
    ['with its domain', 'World - HarbourTimes.example', 'harbourtimes.example', 'HarbourTimes.example'],
    ['before its own description', 'Tarn – Photographer, Sailor, Cook', 'tarn.example', 'Tarn'],
    ['in other languages', 'Le Quai.example - Actualités et Infos en France', 'www.lequai.example', 'Le Quai.example'],
    ['beside a page of another name', 'Der Kai | Startseite', 'boats.example', 'Der Kai'],
    ['without a loose end', 'Rest of Harbour -', 'restofharbour.example', 'Rest of Harbour'],
    ['before a section in another language', 'Тихий берег — Расследования', 'boats.example', 'Тихий берег'],
    ['with its quotation marks', 'Центр «Берег» — Расследования', 'boats.example', 'Центр «Берег»'],
    ['that ends in a quotation mark', 'Центр «Берег»', 'boats.example', 'Центр «Берег»'],
    ['behind a slash', 'Quiet Hills / Latest posts', 'boats.example', 'Quiet Hills'],
    ['of a search', 'Kai News Search Records Found 1000', 'kai.example', 'Kai News'],
    ['of comments', 'Comments on: Quiet Hills – Home', 'hills.example', 'Quiet Hills'],
    ['of a feed', 'TheHarbour feed', 'theharbour.example', 'TheHarbour'],
    ['of a news feed', 'Harbour News Feed', 'harbour.example', 'Harbour'],
    ['of a feed before a section', 'HRBR RSS Feed: local', 'hrbr.example', 'HRBR'],
    ['a name that ends so', 'Boat Feed', 'boatfeed.example', 'Boat Feed'],
    ['twice (Hugo)', 'Quiet Hills on Quiet Hills', 'localhost', 'Quiet Hills'],
    ['behind "Home on" (Hugo)', 'Home on quiet hills', 'blog.example', 'quiet hills'],
    ['of a person on Medium', 'Stories by Ilse Tarn on Medium', 'medium.com', 'Ilse Tarn'],
    ['of a publication on Medium', 'Travel in Quiet Hills on Medium', 'medium.com', 'Quiet Hills'],
    ['beside its platform', 'quiet-hills - Medium', 'medium.com', 'quiet-hills'],
    [
      'of two halves that both say something',
      'Sound Boat - Ilse Tarn’s Blog',
      'ilsetarn.example',
      'Sound Boat - Ilse Tarn’s Blog',
    ],
    ['a well-known one behind sections alone', 'Asia', 'www.economist.com', 'The Economist'],
    ['a well-known one, given as its domain', 'World - WSJ.com', 'online.wsj.com', 'The Wall Street Journal'],
    ['a section of a well-known one', 'California', 'www.latimes.com', 'California (Los Angeles Times)'],
    ['a well-known one, given as a short domain', 'SZ.de', 'www.sueddeutsche.de', 'Süddeutsche Zeitung'],
    ['without its edition for telephones', 'AMP: Quiet Hills', 'hills.example', 'Quiet Hills'],
    ['a host behind sections alone', 'Top Stories', 'www.kai.example', 'kai.example'],
    ['an article and a word of sections', 'The Post', 'www.post.example', 'The Post'],
    ['a host behind "RSS"', 'RSS', 'kai.example', 'kai.example'],
    ['a letter', 'A', 'kai.example', 'A'],
    ['no title', '', 'kai.example', 'kai.example'],
    ['neither title nor address', '', '', ''],
  ])('%s', (_what, title, host, name) => {
    expect(named(title, host)).toBe(name);
  });

  it('is the part in the copyright line', () => {
    const rights = 'Copyright © 2026 The Harbour Times Company. All rights reserved.';
    expect(named('The Harbour Times | Ships and weather', 'ht.example', rights)).toBe('The Harbour Times');
    expect(named('The Harbour Times | Ships and weather', 'ht.example')).toBe('The Harbour Times | Ships and weather');
  });

  it('includes the names in its title and address', () => {
    const feed = { title: 'World news | The Harbour Times', url: 'https://kai.example/', rights: '' };
    const names = listPublicationNames('The Harbour Times', feed);
    expect(names).toEqual(['The Harbour Times', 'World news | The Harbour Times', 'kai.example']);
    expect(matchesName('harbour times', names)).toBe(true);
    expect(matchesName('The Harbour Times UK', names)).toBe(true);
    expect(matchesName('Harbour Timesheet', names)).toBe(false);
    expect(matchesName('World news', names)).toBe(false);
  });
});
