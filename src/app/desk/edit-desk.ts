/** Decides about articles at the desk: finds them, and writes the decision into the editor's file. */
import { type DeskDecision, editDeskFile } from '../../config/edit/edit-desk.js';
import type { Article } from '../../model/article.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { loadRules, siteRulesOf } from '../../pipeline/facts/site-rules.js';
import { lostDesk } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';
import type { Ruling } from '../../rules/rules.js';
import { slugOf } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { mayBeWords, type NotFound, searchArticles, type TitledArticles } from '../explain/search-articles.js';
import { readStore } from '../open-store.js';
import { type DeskHint, deskHints } from './desk-hints.js';

export interface Decided extends DeskHint {
  readonly file: string;
  /** Of the entry; null: nothing is said about the article any more. */
  readonly line: number | null;
  /** Keys of the entry that are gone. */
  readonly takenBack: readonly string[];
  readonly article: string;
  /** null: no article is known under this name yet. */
  readonly title: string | null;
  /** Headline of the article whose story it names; missing: it names none that is known. */
  readonly other?: string;
  /** The rule of the config that drops the article whatever the desk says; missing: none does. */
  readonly droppedBy?: NonNullable<Ruling['dropped']>;
}

/** Words that no headline has, or several. */
export interface NotOneArticle {
  readonly asked: string;
  readonly titled: TitledArticles;
}

/** Why nothing is written. */
export interface Refusal {
  readonly refused: string;
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
): Promise<Decided[] | NotOneArticle | Refusal> {
  return await readStore(settings.store, async (store) => {
    return await decideIn(store, settings, asked, changes);
  });
}

async function decideIn(store: Store, settings: Settings, asked: readonly string[], changes: DeskDecision) {
  const { desk, configPath } = settings;
  const story = Object.entries((changes.story ?? {}) as Readonly<Record<string, string>>);
  const names = [...asked, ...story.map(([, other]) => other)];
  const apart = asked.length > 1 && asked.every(mayBeWords) ? [asked.join(' ')] : [];
  const find = await searchArticles(store, [...names, ...apart], settings);
  for (const words of apart) {
    const found = find(words);
    if (!('titled' in found) || found.titled?.newest.length)
      return { refused: `"${words}" may be words of one headline: put these in quotes, or give addresses` };
  }
  for (const name of names) {
    const found = find(name);
    const titled = 'titled' in found ? found.titled : null;
    if (titled !== null && !mayWait(name, titled, settings)) return { asked: name, titled };
  }
  const keyOf = (name: string) => articleOf(find(name))?.id ?? urlKey(name);
  const itself = story.map(([, other]) => other).find((other) => asked.some((one) => keyOf(one) === keyOf(other)));
  if (itself !== undefined) return { refused: `"${itself}" is the article itself: name one of the other story` };
  if (desk.entries.length > 0 && !settings.configFiles.includes(desk.path)) {
    const message = `the desk stands in this file: move its entries to ${desk.file}, where they can be edited`;
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'desk', message }]);
  }
  const lost = await lostDesk(store, desk);
  if (lost !== null)
    throw new ConfigError('CONFIG_INVALID', [{ file: desk.file, line: 0, column: 0, path: 'desk', message: lost }]);
  const others = Object.fromEntries(story.map(([how, other]) => [how, nameOf(other, find(other))]));
  const written = story.length === 0 ? changes : { ...changes, story: others };
  const other = story.map(([, name]) => articleOf(find(name)))[0] ?? null;
  const articles = asked.flatMap((name) => articleOf(find(name)) ?? []);
  const hints = await deskHints({ articles, other, changes }, { store, settings });
  const decided: Decided[] = [];
  for (const name of asked) {
    const hint = hints.get(articleOf(find(name))?.ref ?? -1);
    const one = await decideOne(settings, name, find(name), written);
    decided.push({ ...one, ...(other !== null && { other: other.title }), ...hint });
  }
  return decided;
}

type Found = Article | NotFound;

/** null: no article is known. */
function articleOf(found: Found): Article | null {
  return 'titled' in found ? null : found;
}

/** What may be an address or an id is decided before its article comes in; so is what the desk calls so already. */
function mayWait(asked: string, { newest }: TitledArticles, { desk }: Settings): boolean {
  if (desk.entries.some(({ article }) => urlKey(article) === urlKey(asked))) return true;
  return newest.length === 0 && /^\S+\.\S+$/.test(asked);
}

/** As an entry names another article: words are no name. */
function nameOf(asked: string, found: Found): string {
  return 'titled' in found || !mayBeWords(asked) ? asked : (found.url ?? found.id);
}

async function decideOne(settings: Settings, asked: string, found: Found, changes: DeskDecision): Promise<Decided> {
  const { desk } = settings;
  const article = articleOf(found);
  const name = article?.url ?? article?.id ?? asked;
  const names = new Set([nameOf(asked, found), ...(article === null ? [] : namesOf(article, settings))].map(urlKey));
  const isOf = (one: string) => names.has(urlKey(one));
  const { line, takenBack } = await editDeskFile(desk.path, name, isOf, changes);
  const dropped = article === null || isRefused(changes) ? null : await droppedByRule(article, settings);
  const decided = { file: desk.file, line, takenBack, article: article?.url ?? asked, title: article?.title ?? null };
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
