/** Applies the editor's rules to new and changed articles, and to all stored ones when the rules change. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { CompiledRules, SiteRules } from '../../rules/rules.js';
import { ARTICLES_AT_ONCE, readAllArticles } from '../facts/every-article.js';
import { isStillHidden, loadRules, resolveRuledTitle } from '../facts/site-rules.js';
import { addAll, type ChangedArticles } from './changed-articles.js';

export interface RulesDeps {
  readonly store: Store;
  readonly rules: SiteRules;
  /** Time at which newly dropped articles count as unpublished. */
  readonly now: Date;
  /** Milliseconds; limits the time of expressions. */
  readonly elapsed: () => number;
}

/** Hides articles that were hidden before a restore until their text is read again. */
export const RULE_BEFORE_RESTORE = 'that was in force before the store was restored';

const RULED_BY = 'ruled-by';
/** Meta key: JSON list of sources that left the config and whose articles rules still hide or retitle. */
const LEFT = 'ruled-left';

/**
 * Requires article ids. Covers unplaced articles or, if the rules changed, all. Articles that rules of a removed source
 * hid stay hidden. After an interruption, the next run continues.
 */
export async function applyRules({ store, rules, now, elapsed }: RulesDeps, changed: ChangedArticles): Promise<void> {
  const fingerprint = rulesFingerprint(rules);
  const before = await store.meta(RULED_BY);
  const left = ((await store.readJson(LEFT, Array.isArray)) ?? []) as readonly SourceId[];
  const isBack = left.some((id) => rules.bySource.has(id));
  if (fingerprint === null && before === null && !isBack) return;
  const applyAgain = fingerprint !== before || isBack;
  const stillRuled = new Set<SourceId>();
  let compiled: CompiledRules | null = null;
  for await (const articles of applyAgain ? readAllArticles(store) : readUnplaced(store)) {
    compiled ??= await loadRules(rules, elapsed);
    for (const { sourceId, hidden, retitled } of articles)
      if (!rules.bySource.has(sourceId) && (hidden?.by === 'rule' || retitled !== null)) stillRuled.add(sourceId);
    const others = articles.filter((one) => !isStillHidden(one, rules));
    await saveRulings(others, compiled, { store, rules, now, hasRules: fingerprint !== null }, changed);
  }
  if (!applyAgain) return;
  await store.saveMeta(LEFT, stillRuled.size === 0 ? null : JSON.stringify([...stillRuled].sort()));
  await store.saveMeta(RULED_BY, fingerprint);
}

async function* readUnplaced(store: Store): AsyncIterable<readonly Article[]> {
  for (let facts = await store.unplaced(ARTICLES_AT_ONCE); facts.length > 0; ) {
    yield await store.articles(facts.map(({ ref }) => ref));
    facts = await store.unplaced(ARTICLES_AT_ONCE, facts.at(-1)!.ref);
  }
}

/** Only the id of a restored tombstone is known. A rule may drop it once its text is read. */
function isUnread({ withdrawnAt, contentHash }: Article): boolean {
  return withdrawnAt !== null && contentHash === '';
}

async function saveRulings(
  articles: readonly Article[],
  compiled: CompiledRules,
  { store, rules, now, hasRules }: Pick<RulesDeps, 'store' | 'rules' | 'now'> & { readonly hasRules: boolean },
  changed: ChangedArticles,
): Promise<void> {
  const dropped = new Map<string, ArticleRef[]>();
  const kept: ArticleRef[] = [];
  const headlines: { ref: ArticleRef; title: string | null }[] = [];
  for (const article of articles) {
    const ruling = compiled.apply(article);
    const { ref, hidden, retitled } = article;
    const title = resolveRuledTitle(article, rules, ruling);
    if (title !== retitled) headlines.push({ ref, title });
    if (ruling.dropped === null) {
      if (hidden !== null && !(hasRules && isUnread(article))) kept.push(ref);
    } else if (hidden?.by !== 'rule' || hidden.rule !== ruling.dropped.rule) {
      const refs = dropped.get(ruling.dropped.rule);
      if (refs === undefined) dropped.set(ruling.dropped.rule, [ref]);
      else refs.push(ref);
    }
  }
  for (const [rule, refs] of dropped) {
    addAll(changed.dropped, refs);
    addAll(changed.visibility, await store.setHidden(refs, { by: 'rule', rule }, now));
  }
  for (const ref of kept) changed.dropped.delete(ref);
  if (kept.length > 0) addAll(changed.visibility, await store.unsetHidden(kept, 'rule'));
  if (headlines.length > 0) await store.saveHeadlines(headlines);
}
