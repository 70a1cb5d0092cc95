/** Applies the editor's rules: to articles that are new or changed, and to all that are stored where the rules changed. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { CompiledRules, SiteRules } from '../../rules/rules.js';
import { ARTICLES_AT_ONCE, everyArticle } from '../facts/every-article.js';
import { loadRules, ruledTitle, staysOut } from '../facts/site-rules.js';

export interface RulesDeps {
  readonly store: Store;
  readonly rules: SiteRules;
  /** When articles that rules drop now are gone for readers. */
  readonly now: Date;
}

/** The rule that hides what was hidden before the store was restored, until its text is read again. */
export const RULE_BEFORE_RESTORE = 'that was in force before the store was restored';

/** Meta key of the fingerprint of the rules that were applied last. */
const RULED_BY = 'ruled-by';
/** Meta key: sources that left the config, and of which rules still keep articles out, or cut headlines; a JSON list, null: none. */
const LEFT = 'ruled-left';

/**
 * Resolves with the articles that readers see now or no longer see. Nothing is read where there are no rules, or nothing changed. What
 * rules kept out of a source that has left the config stays out. An end in between loses nothing: what was not reached is still
 * unplaced, or the rules are still others than the ones noted.
 */
export async function applyRules({ store, rules, now }: RulesDeps): Promise<readonly ArticleRef[]> {
  const fingerprint = rulesFingerprint(rules);
  const before = await store.meta(RULED_BY);
  const left = ((await store.note(LEFT, Array.isArray)) ?? []) as readonly SourceId[];
  const isBack = left.some((id) => rules.bySource.has(id));
  if (fingerprint === null && before === null && !isBack) return [];
  const isAnew = fingerprint !== before || isBack;
  const changed: ArticleRef[] = [];
  const stillRuled = new Set<SourceId>();
  let compiled: CompiledRules | null = null;
  for await (const articles of isAnew ? everyArticle(store) : unplaced(store)) {
    compiled ??= await loadRules(rules);
    for (const { sourceId, hidden, retitled } of articles)
      if (!rules.bySource.has(sourceId) && (hidden?.by === 'rule' || retitled !== null)) stillRuled.add(sourceId);
    const others = articles.filter((one) => !staysOut(one, rules));
    changed.push(...(await applyTo(others, compiled, { store, rules, now, hasRules: fingerprint !== null })));
  }
  if (isAnew) {
    await store.saveMeta(LEFT, stillRuled.size === 0 ? null : JSON.stringify([...stillRuled].sort()));
    await store.saveMeta(RULED_BY, fingerprint);
  }
  return changed;
}

async function* unplaced(store: Store): AsyncIterable<readonly Article[]> {
  for (let facts = await store.unplaced(ARTICLES_AT_ONCE); facts.length > 0; ) {
    yield await store.articles(facts.map(({ ref }) => ref));
    facts = await store.unplaced(ARTICLES_AT_ONCE, facts.at(-1)!.ref);
  }
}

/** A tombstone that was restored: nothing but its id is known yet, and a rule of the config may find it. */
function isUnread({ withdrawnAt, contentHash }: Article): boolean {
  return withdrawnAt !== null && contentHash === '';
}

async function applyTo(
  articles: readonly Article[],
  compiled: CompiledRules,
  { store, rules, now, hasRules }: RulesDeps & { readonly hasRules: boolean },
): Promise<readonly ArticleRef[]> {
  const dropped = new Map<string, ArticleRef[]>();
  const kept: ArticleRef[] = [];
  const headlines: { ref: ArticleRef; title: string | null }[] = [];
  for (const article of articles) {
    const ruling = compiled.apply(article);
    const { ref, hidden, retitled } = article;
    const title = ruledTitle(article, rules, ruling);
    if (title !== retitled) headlines.push({ ref, title });
    if (ruling.dropped === null) {
      if (hidden !== null && !(hasRules && isUnread(article))) kept.push(ref);
    } else if (hidden?.by !== 'rule' || hidden.rule !== ruling.dropped.rule) {
      const refs = dropped.get(ruling.dropped.rule);
      if (refs === undefined) dropped.set(ruling.dropped.rule, [ref]);
      else refs.push(ref);
    }
  }
  const changed: ArticleRef[] = [];
  for (const [rule, refs] of dropped) changed.push(...(await store.setHidden(refs, { by: 'rule', rule }, now)));
  if (kept.length > 0) changed.push(...(await store.unsetHidden(kept, 'rule')));
  if (headlines.length > 0) await store.saveHeadlines(headlines);
  return changed;
}
