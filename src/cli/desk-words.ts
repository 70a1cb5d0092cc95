/** What the desk decided of an article, in words. */
import type { DeskEntry, NotShown } from '../model/desk.js';

/** `other`: headline of the article whose story it names; null: it names none that is known. */
export function deskWords(entry: Partial<DeskEntry>, other: string | null): string[] {
  const { story, topics = [], note } = entry;
  const named = other === null ? (story?.with ?? story?.apart) : `"${other}"`;
  const signed = (sign: string) => topics.flatMap((topic) => (topic.startsWith(sign) ? topic.slice(1) : [])).join(', ');
  const words: readonly (readonly [told: unknown, words: string])[] = [
    [entry.hide, 'hidden'],
    [entry.takedown, 'taken down'],
    [entry.approve, 'approved'],
    [entry.pin, 'first on the front page'],
    [entry.lead, 'leads its story'],
    [story?.with, `joined to the story of ${named}`],
    [story?.apart, `kept out of the story of ${named}`],
    [entry.title, `headline: ${entry.title}`],
    [entry.summary, `summary: ${entry.summary}`],
    [entry.image, 'shown without its picture'],
    [signed('+'), `topics added: ${signed('+')}`],
    [signed('-'), `topics taken off: ${signed('-')}`],
    [note, `note: ${note}`],
  ];
  return words.flatMap(([told, said]) => (told ? said : []));
}

export const NOT_SHOWN: Readonly<Record<NotShown, string>> = {
  desk: 'it is hidden by the desk',
  takedown: 'it is taken down',
  lifted: 'its text is forgotten until its source brings it again',
  rule: 'a rule drops it',
  review: 'it waits for review',
  withdrawn: 'its publisher withdrew it',
};
