/** Removes content from closed issues that readers must no longer see; nothing else changes them. */
import { createEntries } from '../../../compose/entry.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { Article, ArticleId } from '../../../model/article.js';
import type { DigestSettings, IssueItem, IssueLink } from '../../../model/digest.js';
import type { Licence } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';
import type { IssueWriter } from '../../../write/digest/issue-writer.js';
import { type DigestState, readIssue, readIssueRows, type StoredIssue, saveIssues } from './digest-notes.js';

export interface ReviseDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  writer(): Promise<Pick<IssueWriter, 'content'>>;
}

/** `gone`: articles removed from readers; null: no takedowns. The caller must save the new state. */
export async function reviseIssues(
  { id }: DigestSettings,
  state: DigestState,
  gone: ReadonlySet<ArticleId> | null,
  deps: ReviseDeps,
): Promise<DigestState> {
  const rights = listLicences(deps.settings);
  const isNarrowed = Object.entries(state.rights).some(([source, licence]) => isNarrower(rights[source], licence));
  if (!isNarrowed && gone === null) return { ...state, rights };
  const changed: StoredIssue[] = [];
  for (const row of await readIssueRows(deps.store, id)) {
    if (!isNarrowed && !row.ids.some((article) => gone?.has(article))) continue;
    const shown = await findShownArticles(row.ids, deps.store);
    const issue = await readIssue(deps.store, id, row.number);
    const revised = issue && (await reviseIssue(issue, shown, rights, deps));
    if (revised != null) changed.push(revised);
  }
  if (changed.length > 0) await saveIssues(deps.store, id, changed);
  return { ...state, rights, revision: state.revision + (changed.length > 0 ? 1 : 0) };
}

const LICENCES: readonly Licence[] = ['none', 'summary', 'full'];

/** A source that left the config permits summaries. */
function isNarrower(now: string | undefined, before: string): boolean {
  return LICENCES.indexOf((now ?? 'summary') as Licence) < LICENCES.indexOf(before as Licence);
}

/** Includes former ids, because closed issues use the id of their time. */
export function listLicences({ sources }: Pick<EditionSettings, 'sources'>): Record<string, Licence> {
  const named = sources.flatMap(({ id, formerly = [], content }) =>
    [id, ...formerly].map((name) => [name, content] as const),
  );
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Visible articles by id, including those marked as withdrawn. */
async function findShownArticles(
  ids: readonly ArticleId[],
  store: Pick<Store, 'findRefs' | 'visibleArticles'>,
): Promise<ReadonlyMap<ArticleId, Article>> {
  const refs = [...(await store.findRefs(ids)).values()];
  return new Map((await store.visibleArticles(refs)).map((article) => [article.id, article]));
}

/** null: no change needed. */
async function reviseIssue(
  issue: StoredIssue,
  shown: ReadonlyMap<ArticleId, Article>,
  rights: Readonly<Record<string, Licence>>,
  { settings, writer }: ReviseDeps,
): Promise<StoredIssue | null> {
  const entryOf = createEntries(settings);
  const toMarked = (link: IssueLink) => {
    const article = shown.get(link.id);
    return article === undefined || article.withdrawnAt === null ? {} : { title: entryOf(article).title, summary: '' };
  };
  const items = issue.items.flatMap((item): IssueItem[] => {
    const others = item.others
      .filter((other) => shown.has(other.id))
      .map((other) => ({ ...other, ...pickTitle(toMarked(other)) }));
    const summary = rights[item.sourceId] === 'none' ? '' : item.summary;
    if (shown.has(item.id)) return [{ ...item, summary, ...toMarked(item), others }];
    // The next report replaces it; only its headline was stored.
    const [next, ...rest] = others;
    return next === undefined ? [] : [{ ...item, ...next, summary: '', language: null, others: rest }];
  });
  if (JSON.stringify(items) === JSON.stringify(issue.items)) return null;
  return { ...issue, items, content: (await writer()).content({ ...issue, items }) };
}

function pickTitle({ title }: { readonly title?: string }): { readonly title?: string } {
  return title === undefined ? {} : { title };
}
