/** Decides about one article at the desk: finds the article, and writes the decision into the editor's file. */
import { type DeskDecision, editDeskFile } from '../../config/edit/edit-desk.js';
import { withFileLock } from '../../config/edit/file-lock.js';
import type { Article } from '../../model/article.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import { loadRules } from '../../pipeline/organize/apply-rules.js';
import { siteRulesOf } from '../../pipeline/organize/site-rules.js';
import type { Ruling } from '../../rules/rules.js';
import { slugOf } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { openStore } from '../open-store.js';

export interface Decided {
  readonly file: string;
  /** Of the entry; null: nothing is said about the article any more. */
  readonly line: number | null;
  readonly article: string;
  /** null: no article is known under this name yet. */
  readonly title: string | null;
  /** The rule of the config that drops the article whatever the desk says; missing: none does. */
  readonly droppedBy?: NonNullable<Ruling['dropped']>;
}

/** `article`: any of its addresses, its id, or the address of its page. `changes`: null removes a key. Throws ConfigError and StoreError. */
export async function decide(settings: Settings, article: string, changes: DeskDecision): Promise<Decided> {
  const found = await findArticle(settings, article);
  const names = new Set([article, ...(found === null ? [] : namesOf(found, settings))].map(urlKey));
  const { desk, configPath } = settings;
  if (desk.entries.length > 0 && !settings.configFiles.includes(desk.path)) {
    const message = `the desk stands in this file: move its entries to ${desk.file}, where they can be edited`;
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'desk', message }]);
  }
  const isOf = (name: string) => names.has(urlKey(name));
  const { line } = await withFileLock(desk.path, () =>
    editDeskFile(desk.path, found?.url ?? found?.id ?? article, isOf, changes),
  );
  const dropped = found === null || isRefused(changes) ? null : await droppedByRule(found, settings);
  const decided = { file: desk.file, line, article: found?.url ?? article, title: found?.title ?? null };
  return { ...decided, ...(dropped !== null && { droppedBy: dropped }) };
}

function isRefused({ hide, takedown }: DeskDecision): boolean {
  return hide === true || takedown === true;
}

async function droppedByRule(article: Article, settings: Settings): Promise<Ruling['dropped']> {
  return (await loadRules(siteRulesOf(settings))).apply(article).dropped;
}

async function findArticle({ store: at, site }: Settings, name: string): Promise<Article | null> {
  const store = await openStore(at, 'read');
  try {
    const refs = [...(await findArticles(store, [name], site.feedsUrl)).values()];
    return (await store.articles(refs))[0] ?? null;
  } finally {
    await store.close();
  }
}

function namesOf({ id, url }: Article, { site }: Settings): string[] {
  return [id, ...(url === null ? [] : [url]), `${site.feedsUrl}articles/${slugOf(id)}.html`];
}
