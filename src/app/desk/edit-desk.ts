/** Writes decisions on articles to the editor's desk file. */
import { type DeskArticle, type DeskDecision, editDeskFile } from '../../config/edit/edit-desk.js';
import { orderDeskFile } from '../../config/edit/order-desk.js';
import type { Article } from '../../model/article.js';
import { ConfigError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { loadRules, toSiteRules } from '../../pipeline/facts/site-rules.js';
import { describeLostDesk, findArticles } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';
import type { Ruling } from '../../rules/rules.js';
import { toSlug } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { mayBeWords, type NotFound, searchArticles, type TitledArticles } from '../explain/search-articles.js';
import { readStore } from '../open-store.js';
import { type DeskHint, findDeskHints } from './desk-hints.js';

export interface Decided extends DeskHint {
  readonly file: string;
  /** Line of the entry; null: the article has no entry any more. */
  readonly line: number | null;
  readonly takenBack: readonly string[];
  readonly article: string;
  /** null: unknown article. */
  readonly title: string | null;
  /** Headline of the article whose story the entry names; missing: none, or unknown. */
  readonly other?: string;
  /** The rule that drops the article regardless of the desk; missing: none. */
  readonly droppedBy?: NonNullable<Ruling['dropped']>;
}

export interface AmbiguousArticle {
  readonly asked: string;
  readonly titled: TitledArticles;
}

export interface Refusal {
  readonly refused: string;
}

/**
 * Each of `asked`, and an article in `changes.story`, is an address or id of an article, the address of its page, or words of its headline.
 * A null in `changes` removes the key. Writes nothing if words do not match exactly one headline, or if `story` names the article itself.
 * Throws ConfigError and StoreError.
 */
export async function decide(
  settings: Settings,
  asked: readonly string[],
  changes: DeskDecision,
): Promise<Decided[] | AmbiguousArticle | Refusal> {
  return await readStore(settings.store, async (store) => {
    return await decideArticles(store, settings, asked, changes);
  });
}

async function decideArticles(store: Store, settings: Settings, asked: readonly string[], changes: DeskDecision) {
  const { desk, configPath } = settings;
  const story = Object.entries((changes.story ?? {}) as Readonly<Record<string, string>>);
  const names = [...asked, ...story.map(([, other]) => other)];
  const apart = asked.length > 1 && asked.every(mayBeWords) ? [asked.join(' ')] : [];
  const find = await searchArticles(store, [...names, ...apart], settings);
  for (const words of apart) {
    const found = find(words);
    if (!('titled' in found) || found.titled?.newest.length)
      return { refused: `"${words}" may be words of one headline: put them in quotes, or give addresses` };
  }
  for (const name of names) {
    const found = find(name);
    const titled = 'titled' in found ? found.titled : null;
    if (titled !== null && !mayWait(name, titled, settings)) return { asked: name, titled };
  }
  const articleKey = (name: string) => foundArticle(find(name))?.id ?? urlKey(name);
  const itself = story
    .map(([, other]) => other)
    .find((other) => asked.some((one) => articleKey(one) === articleKey(other)));
  if (itself !== undefined) return { refused: `"${itself}" is the article itself: name an article of the other story` };
  if (desk.entries.length > 0 && !settings.configFiles.includes(desk.path)) {
    const message = `this file contains desk entries: move them to ${desk.file}, where newsloom can edit them`;
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'desk', message }]);
  }
  const lost = await describeLostDesk(store, desk);
  if (lost !== null)
    throw new ConfigError('CONFIG_INVALID', [{ file: desk.file, line: 0, column: 0, path: 'desk', message: lost }]);
  const others = Object.fromEntries(story.map(([how, other]) => [how, chooseEntryName(other, find(other))]));
  const written = story.length === 0 ? changes : { ...changes, story: others };
  const other = story.map(([, name]) => foundArticle(find(name)))[0] ?? null;
  const articles = asked.flatMap((name) => foundArticle(find(name)) ?? []);
  const hints = await findDeskHints({ articles, other, changes }, { store, settings });
  const edited = await editDeskFile(
    desk.path,
    asked.map((name) => toDeskArticle(name, find(name), settings)),
    written,
  );
  const rules = hidesArticle(changes) ? null : await loadRules(toSiteRules(settings));
  return asked.map((name, i): Decided => {
    const article = foundArticle(find(name));
    const dropped = article === null ? null : (rules?.apply(article).dropped ?? null);
    return {
      file: desk.file,
      ...edited[i]!,
      article: article?.url ?? name,
      title: article?.title ?? null,
      ...(dropped !== null && { droppedBy: dropped }),
      ...(other !== null && { other: other.title }),
      ...hints.get(article?.ref ?? -1),
    };
  });
}

type Found = Article | NotFound;

function foundArticle(found: Found): Article | null {
  return 'titled' in found ? null : found;
}

/** Accepts an address or id of a future article, and a name used in the desk file. */
function mayWait(asked: string, { newest }: TitledArticles, { desk }: Settings): boolean {
  if (desk.entries.some(({ article }) => urlKey(article) === urlKey(asked))) return true;
  return newest.length === 0 && /^\S+\.\S+$/.test(asked);
}

/** The name of another article in an entry, which cannot be words. */
function chooseEntryName(asked: string, found: Found): string {
  return 'titled' in found || !mayBeWords(asked) ? asked : (found.url ?? found.id);
}

function toDeskArticle(asked: string, found: Found, { site }: Settings): DeskArticle {
  const article = foundArticle(found);
  const name = chooseEntryName(asked, found);
  if (article === null) return { name: asked, keys: [urlKey(name)] };
  const { id, url, hidden } = article;
  const names = [name, id, url ?? id, `${site.feedsUrl}articles/${toSlug(id)}.html`];
  // The publisher's own article may have the address of a held one.
  return { name: hidden?.by === 'review' ? id : (url ?? id), keys: names.map(urlKey) };
}

/** `asked`: pinned articles, named as in `decide`. They come first, in this order, before other pinned ones. */
export async function orderPins(
  settings: Settings,
  asked: readonly string[],
): Promise<string[] | AmbiguousArticle | Refusal> {
  const { desk, site } = settings;
  return await readStore(settings.store, async (store) => {
    const find = await searchArticles(store, asked, settings);
    const refs = await findArticles(
      store,
      desk.entries.map(({ article }) => article),
      site.feedsUrl,
    );
    const pinned = desk.entries.flatMap((entry, i) => (entry.pin ? i : []));
    const chosen: number[] = [];
    for (const name of asked) {
      const found = find(name);
      const article = foundArticle(found);
      const isNamed = (one: string) =>
        urlKey(one) === urlKey(name) || (article !== null && refs.get(one) === article.ref);
      const index = pinned.find((i) => isNamed(desk.entries[i]!.article));
      if (index === undefined && 'titled' in found && found.titled !== null)
        return { asked: name, titled: found.titled };
      if (index === undefined) return { refused: `"${name}" is not pinned` };
      chosen.push(index);
    }
    const order = [...new Set([...chosen, ...pinned])];
    await orderDeskFile(desk.path, order);
    return order.map((i) => desk.entries[i]!.article);
  });
}

function hidesArticle({ hide, takedown }: DeskDecision): boolean {
  return hide === true || takedown === true;
}
