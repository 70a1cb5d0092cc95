/** Applies the editor's rules to new and changed articles, and to all stored ones when the rules change. */
import type { Article, ArticleRef } from '../../model/article.js';
import { toOrderKey } from '../../model/order.js';
import { listConditionGroups } from '../../model/rule.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { CompiledRules, SiteRules } from '../../rules/rules.js';
import { ARTICLES_AT_ONCE, readAllArticles } from '../facts/every-article.js';
import { findNewestDate } from '../facts/newest-date.js';
import {
  isStillHidden,
  listRuledSources,
  loadRules,
  NEWEST_DAY,
  readNewestDay,
  resolveRuledTitle,
  toDay,
} from '../facts/site-rules.js';
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
  const newestDay = await renewNewestDay(store, rules);
  const fingerprint = rulesFingerprint(rules, newestDay);
  const before = await store.meta(RULED_BY);
  const left = (await store.readJson<SourceId[]>(LEFT)) ?? [];
  const isBack = left.some((id) => rules.bySource.has(id));
  if (fingerprint === null && before === null && !isBack) return;
  const applyAgain = fingerprint !== before || isBack;
  const stillRuled = new Set<SourceId>();
  const limited = listRuledSources('newest', rules);
  const days = new Set<string>();
  const saving = { store, rules, now, hasRules: fingerprint !== null };
  let compiled: CompiledRules | null = null;
  for await (const articles of applyAgain ? readAllArticles(store) : readUnplaced(store)) {
    compiled ??= await loadRules(rules, elapsed, newestDay);
    for (const { sourceId, hidden, retitled } of articles)
      if (!rules.bySource.has(sourceId) && (hidden?.by === 'rule' || retitled !== null)) stillRuled.add(sourceId);
    for (const article of articles) if (limited.has(article.sourceId)) days.add(nameDay(article));
    const others = articles.filter((one) => !isStillHidden(one, rules));
    await saveRulings(others, compiled, saving, changed);
  }
  if (days.size > 0) await limitDays(days, compiled!, saving, changed);
  if (!applyAgain) return;
  await store.saveMeta(LEFT, stillRuled.size === 0 ? null : JSON.stringify([...stillRuled].sort()));
  await store.saveMeta(RULED_BY, fingerprint);
}

/** null: no rule depends on ages. */
async function renewNewestDay(store: Store, { common, bySource }: SiteRules): Promise<number | null> {
  const conditions = [common, ...bySource.values()].flat().flatMap(listConditionGroups);
  if (conditions.every(({ age }) => age === undefined)) return null;
  const known = await readNewestDay(store);
  let newest = known ?? toDay((await findNewestDate(store)) ?? new Date(0));
  for (const { publishedAt } of await store.unplaced(Number.MAX_SAFE_INTEGER))
    newest = Math.max(newest, toDay(publishedAt));
  if (newest !== known) await store.saveMeta(NEWEST_DAY, String(newest));
  return newest;
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

type SavingDeps = Pick<RulesDeps, 'store' | 'rules' | 'now'> & { readonly hasRules: boolean };

async function saveRulings(
  articles: readonly Article[],
  compiled: CompiledRules,
  { store, rules, now, hasRules }: SavingDeps,
  changed: ChangedArticles,
): Promise<void> {
  const dropped = new Map<string, ArticleRef[]>();
  const held = new Map<string, ArticleRef[]>();
  const kept: ArticleRef[] = [];
  const released: ArticleRef[] = [];
  const headlines: { ref: ArticleRef; title: string | null }[] = [];
  for (const article of articles) {
    const ruling = compiled.apply(article);
    const { ref, hidden, retitled } = article;
    const title = resolveRuledTitle(article, rules, ruling);
    if (title !== retitled) headlines.push({ ref, title });
    if (hidden?.by === 'review' && hidden.rule !== undefined && rules.bySource.has(article.sourceId)) {
      if (ruling.held === null) released.push(ref);
      else if (hidden.rule !== ruling.held.rule) addTo(held, ruling.held.rule, ref);
    }
    if (ruling.dropped === null && ruling.limited !== null) continue; // the other articles of its day decide
    if (ruling.dropped === null) {
      if (hidden !== null && !(hasRules && isUnread(article))) kept.push(ref);
    } else if (hidden?.by !== 'rule' || hidden.rule !== ruling.dropped.rule) addTo(dropped, ruling.dropped.rule, ref);
  }
  for (const [rule, refs] of dropped) {
    addAll(changed.dropped, refs);
    addAll(changed.visibility, await store.setHidden(refs, { by: 'rule', rule }, now));
  }
  for (const [rule, refs] of held) await store.setHidden(refs, { by: 'review', rule }, now);
  for (const ref of kept) changed.dropped.delete(ref);
  if (kept.length > 0) addAll(changed.visibility, await store.unsetHidden(kept, 'rule'));
  if (released.length > 0) addAll(changed.visibility, await store.unsetHidden(released, 'review'));
  if (headlines.length > 0) await store.saveHeadlines(headlines);
}

function addTo(groups: Map<string, ArticleRef[]>, name: string, ref: ArticleRef): void {
  const refs = groups.get(name);
  if (refs === undefined) groups.set(name, [ref]);
  else refs.push(ref);
}

function nameDay({ sourceId, publishedAt }: Pick<Article, 'sourceId' | 'publishedAt'>): string {
  return `${toDay(publishedAt)} ${sourceId}`;
}

/** Shows the newest articles of each day that `newest` allows, and drops the others. */
async function limitDays(
  days: ReadonlySet<string>,
  compiled: CompiledRules,
  deps: SavingDeps,
  changed: ChangedArticles,
): Promise<void> {
  const first = Math.min(...[...days].map((day) => Number.parseInt(day, 10)));
  const refs = new Map<string, ArticleRef[]>();
  for (const one of await deps.store.publishedSince(new Date(first * 86_400_000)))
    if (days.has(nameDay(one))) addTo(refs, nameDay(one), one.ref);
  const isCounted = ({ hidden, withdrawnAt }: Article) =>
    withdrawnAt === null && (hidden === null || hidden.by === 'rule');
  for (const ofDay of refs.values()) {
    const counted = (await deps.store.articles(ofDay)).filter(isCounted);
    counted.sort((a, b) => (toOrderKey(a) < toOrderKey(b) ? -1 : 1));
    await saveRulings(counted, withLimit(compiled), deps, changed);
  }
}

/** For the articles of one source and day, the newest first. */
function withLimit(compiled: CompiledRules): CompiledRules {
  let shown = 0;
  return {
    apply: (article) => {
      const ruling = compiled.apply(article);
      const { limited } = ruling;
      if (ruling.dropped !== null || limited === null) return ruling;
      return { ...ruling, limited: null, dropped: shown++ < limited.most ? null : limited };
    },
  };
}
