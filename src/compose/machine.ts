/** Adds machine-made texts to an entry, or replaces the publisher's texts if configured. */
import type { Article } from '../model/article.js';
import type { Entry, EntryMachine } from '../model/channel.js';
import type { ArticleEdits } from '../model/desk.js';
import type { MachineMade } from '../model/machine.js';
import type { Licence } from '../model/source.js';
import { toOneLine } from '../text/cut.js';
import { isLanguageTag } from '../text/language.js';
import { legalText } from '../text/xml.js';

/** Machine-made texts have the same licence as their input. They never replace the editor's own text. */
export function addMachineTexts(
  entry: Entry,
  { machine = [], edits }: Pick<Article, 'machine' | 'edits'>,
  licence: Licence,
): Entry {
  const shown = machine.flatMap((made) => shownMachine(made, entry, licence));
  if (shown.length === 0) return entry;
  const first = shown.findIndex(({ instead }) => instead === true);
  const replaced = first === -1 ? null : replaceTexts(entry, shown[first]!, edits);
  const list = shown.map(({ instead: _, ...made }, i): EntryMachine => {
    return i === first && replaced !== null ? { ...made, original: replaced.original } : made;
  });
  return { ...entry, ...replaced?.words, machine: list };
}

/** Leaves out what the licence forbids, and topics that the article does not have. */
function shownMachine(made: MachineMade, { topics }: Entry, licence: Licence): MachineMade[] {
  const ids = new Set(topics.map(({ id }) => id));
  const shown: MachineMade = {
    ...made,
    language: made.language !== null && isLanguageTag(made.language) ? made.language : null,
    title: made.title === null ? null : toOneLine(legalText(made.title)) || null,
    summary: made.summary === null || licence === 'none' ? null : legalText(made.summary).trim() || null,
    contentHtml: made.contentHtml === null || licence !== 'full' ? null : legalText(made.contentHtml).trim() || null,
    topics: made.topics.filter((id) => ids.has(id)),
  };
  return (shown.title ?? shown.summary ?? shown.contentHtml ?? shown.topics[0] ?? null) === null ? [] : [shown];
}

function replaceTexts(entry: Entry, made: MachineMade, edits: ArticleEdits | null) {
  const title = edits?.title == null ? made.title : null;
  const summary = edits?.summary == null ? made.summary : null;
  const { contentHtml } = made;
  if (title === null && summary === null && contentHtml === null) return null;
  const words = {
    ...(title !== null && { title }),
    ...(summary !== null && { summary }),
    ...(contentHtml !== null && { contentHtml }),
    // The headline keeps its language if only the summary is replaced.
    ...(title !== null && { language: made.language }),
  };
  const original = {
    language: entry.language,
    title: title === null ? null : entry.title,
    summary: summary === null ? null : entry.summary,
  };
  return { words, original };
}
