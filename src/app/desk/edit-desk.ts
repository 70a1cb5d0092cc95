/** Decides about articles at the desk: finds them, and writes the decision into the editor's file. */
import { type DeskDecision, editDeskFile } from '../../config/edit/edit-desk.js';
import type { Article } from '../../model/article.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { loadRules } from '../../pipeline/organize/apply-rules.js';
import { siteRulesOf } from '../../pipeline/organize/site-rules.js';
import type { Ruling } from '../../rules/rules.js';
import { slugOf } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { mayBeWords, type NotFound, searchArticles, type TitledArticles } from '../editing/search-articles.js';
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

/** Words that no headline has, or several. */
export interface NotOneArticle {
  readonly asked: string;
  readonly titled: TitledArticles;
}

/** It was to be told with itself, or apart from itself. */
export interface ArticleItself {
  readonly itself: string;
}

/**
 * Each of `asked` is any address of an article, its id, the address of its page, or words of its headline; so is what `changes` may name
 * as `story`, where null removes a key. Where one is words of no single headline, or `story` names the article itself, nothing is written.
 * Throws ConfigError and StoreError.
 */
export async function decide(
  settings: Settings,
  asked: readonly string[],
  changes: DeskDecision,
): Promise<Decided[] | NotOneArticle | ArticleItself> {
  const { desk, configPath } = settings;
  const story = Object.entries((changes.story ?? {}) as Readonly<Record<string, string>>);
  const names = [...asked, ...story.map(([, other]) => other)];
  const find = await finder(settings, names);
  for (const name of names) {
    const found = find(name);
    const titled = 'titled' in found ? found.titled : null;
    if (titled !== null && !mayWait(name, titled, settings)) return { asked: name, titled };
  }
  const keyOf = (name: string) => idOf(find(name)) ?? urlKey(name);
  const itself = story.map(([, other]) => other).find((other) => asked.some((one) => keyOf(one) === keyOf(other)));
  if (itself !== undefined) return { itself };
  if (desk.entries.length > 0 && !settings.configFiles.includes(desk.path)) {
    const message = `the desk stands in this file: move its entries to ${desk.file}, where they can be edited`;
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'desk', message }]);
  }
  const others = Object.fromEntries(story.map(([how, other]) => [how, nameOf(other, find(other))]));
  const written = story.length === 0 ? changes : { ...changes, story: others };
  const decided: Decided[] = [];
  for (const name of asked) decided.push(await decideOne(settings, name, find(name), written));
  return decided;
}

type Found = Article | NotFound;

async function finder({ store: at, site }: Settings, names: readonly string[]): Promise<(name: string) => Found> {
  const store = await openStore(at, 'read');
  try {
    return await searchArticles(store, names, { site });
  } finally {
    await store.close();
  }
}

/** What may be an address or an id is decided before its article comes in; so is what the desk calls so already. */
function mayWait(asked: string, { newest }: TitledArticles, { desk }: Settings): boolean {
  if (desk.entries.some(({ article }) => urlKey(article) === urlKey(asked))) return true;
  return newest.length === 0 && /^\S+\.\S+$/.test(asked);
}

/** null: no article is known. */
function idOf(found: Found): string | null {
  return 'titled' in found ? null : found.id;
}

/** As an entry names another article: words are no name. */
function nameOf(asked: string, found: Found): string {
  return 'titled' in found || !mayBeWords(asked) ? asked : (found.url ?? found.id);
}

async function decideOne(settings: Settings, asked: string, found: Found, changes: DeskDecision): Promise<Decided> {
  const { desk } = settings;
  const article = 'titled' in found ? null : found;
  const name = article?.url ?? article?.id ?? asked;
  const names = new Set([nameOf(asked, found), ...(article === null ? [] : namesOf(article, settings))].map(urlKey));
  const isOf = (one: string) => names.has(urlKey(one));
  const { line } = await editDeskFile(desk.path, name, isOf, changes);
  const dropped = article === null || isRefused(changes) ? null : await droppedByRule(article, settings);
  const decided = { file: desk.file, line, article: article?.url ?? asked, title: article?.title ?? null };
  return { ...decided, ...(dropped !== null && { droppedBy: dropped }) };
}

function isRefused({ hide, takedown }: DeskDecision): boolean {
  return hide === true || takedown === true;
}

async function droppedByRule(article: Article, settings: Settings): Promise<Ruling['dropped']> {
  return (await loadRules(siteRulesOf(settings))).apply(article).dropped;
}

function namesOf({ id, url }: Article, { site }: Settings): string[] {
  return [id, ...(url === null ? [] : [url]), `${site.feedsUrl}articles/${slugOf(id)}.html`];
}
