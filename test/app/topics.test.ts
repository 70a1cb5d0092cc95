import { describe, expect, it } from 'vitest';
import { addLanguage } from '../../src/app/topics.js';
import { clean } from '../../src/clean/clean.js';
import { aContext, aFeed, anItem, text } from '../support/an-item.js';

describe('a text for testing topics', () => {
  it.each([
    ['bn', 'বন্দরে ফেরি চলাচল আবার শুরু হয়েছে, যাত্রীদের স্বস্তি'],
    ['ur', 'بندرگاہ پر کشتیوں کی آمد و رفت دوبارہ شروع ہو گئی ہے'],
    ['hi', 'बंदरगाह पर नौका सेवा फिर से शुरू हो गई है'],
    ['ar', 'عادت العبّارة إلى الميناء بعد أيام من العاصفة'],
    ['ko', '항구에서 여객선이 다시 운항을 시작했다'],
    ['tr', 'Limanda feribot seferleri fırtınadan sonra yeniden başladı'],
    ['vi', 'Phà đã hoạt động trở lại ở cảng sau cơn bão'],
    ['uk', 'Пором знову ходить до островів після бурі'],
    ['en', 'The ferry sails again to the islands after the storm'],
  ])('is in the language that a build would find: %s', (language, title) => {
    const [draft] = clean(aFeed([anItem({ title: text(title) })], { language: null }), aContext()).drafts;
    expect(draft?.language).toBe(language);
    expect(addLanguage({ title }).language).toBe(language);
  });

  it('has the detected language rather than the one declared by its page', () => {
    const title = 'The ferry sails again to the islands after the storm';
    expect(addLanguage({ title, language: 'de' }).language).toBe('en');
    expect(addLanguage({ title: 'Kyiv', language: 'de' }).language).toBe('de');
  });
});
