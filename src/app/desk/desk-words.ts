/** Describes the decisions of the desk about an article. */
import type { HiddenCause } from '../../model/desk.js';
import type { ListedEntry } from './list-desk.js';

/** `other`: headline of the other article in `story`; null if it is unknown. */
export function describeDeskEntry(entry: Partial<ListedEntry>, other: string | null): string[] {
  const { story, topics = [], note, pin } = entry;
  const until = typeof pin === 'object' ? ` until ${pin.until}${entry.pinEnded ? ' (ended)' : ''}` : '';
  const named = other === null ? (story?.with ?? story?.apart) : `"${other}"`;
  const listSignedTopics = (sign: string) =>
    topics.flatMap((topic) => (topic.startsWith(sign) ? topic.slice(1) : [])).join(', ');
  const words: readonly (readonly [told: unknown, words: string])[] = [
    [entry.hide, 'hidden'],
    [entry.takedown, 'taken down'],
    [entry.approve, 'approved'],
    [entry.pin, `pinned to the front page${until}`],
    [entry.lead, 'leads its story'],
    [story?.with, `joined to the story of ${named}`],
    [story?.apart, `kept out of the story of ${named}`],
    [entry.title, `headline: ${entry.title}`],
    [entry.summary, `summary: ${entry.summary}`],
    [entry.remark, `remark: ${entry.remark}`],
    [entry.image, 'shown without its picture'],
    [listSignedTopics('+'), `topics added: ${listSignedTopics('+')}`],
    [listSignedTopics('-'), `topics removed: ${listSignedTopics('-')}`],
    [note, `note: ${note}`],
  ];
  return words.flatMap(([told, said]) => (told ? said : []));
}

export const NOT_SHOWN: Readonly<Record<HiddenCause, string>> = {
  desk: 'hidden by the desk',
  takedown: 'taken down',
  lifted: 'its text is deleted until its source delivers it again',
  rule: 'dropped by a rule',
  review: 'waiting for review',
  withdrawn: 'withdrawn by its publisher',
};
