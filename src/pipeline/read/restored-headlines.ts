/** Recognizes titles that rules shortened: only the published title of a restored article is known. */
import type { IdentifiableArticle, Matches } from '../../identity/match.js';
import type { SourceId } from '../../model/source.js';
import type { CompiledRules } from '../../rules/rules.js';

/** Uses the publisher's title if rules turn it into the stored one. Otherwise it would count as a revision. */
export async function withRestoredHeadlines(
  matched: Matches,
  sourceId: SourceId,
  loadRules: () => Promise<CompiledRules>,
): Promise<Matches> {
  const isOther = (title: string, known: IdentifiableArticle) => known.contentHash === '' && known.title !== title;
  if (![...matched.matches].some(([{ draft }, known]) => isOther(draft.title, known))) return matched;
  const rules = await loadRules();
  const matches = [...matched.matches].map(([item, known]) => {
    const { draft } = item;
    const isCut = isOther(draft.title, known) && rules.apply({ ...draft, sourceId }).retitled?.title === known.title;
    return [item, isCut ? { ...known, title: draft.title } : known] as const;
  });
  return { ...matched, matches: new Map(matches) };
}
