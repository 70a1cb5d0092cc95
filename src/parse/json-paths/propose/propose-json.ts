/** Proposes the paths for an unknown JSON document: its list of articles and their fields. */
import { isAddress } from '../../../model/address.js';
import { htmlToText } from '../../../text/html.js';
import { plainLine } from '../../../text/plain.js';
import { parseDate } from '../../dates/dates.js';
import type { JsonField, JsonFields } from '../json-fields.js';
import { parseJsonPath } from '../json-path.js';
import { parseJsonByPaths, selectTexts } from '../json-paths.js';
import { FIELD_NAMES, type FieldNames, rankPath } from './field-names.js';
import { findRecordLists, type JsonRecord, listFieldPaths, type RecordList } from './record-lists.js';

export interface JsonProposal {
  readonly fields: JsonFields;
  readonly items: readonly { readonly title: string; readonly url: string; readonly date: string | null }[];
  /** A reason to doubt the proposal, as the end of a sentence; null: none. */
  readonly doubt: string | null;
}

/** @param text a JSON document. null: it does not contain a list of articles with addresses. */
export function proposeJson(text: string, value: unknown, base: string): JsonProposal | null {
  const lists = findRecordLists(value)
    .flatMap((list) => rateRecords(list, base) ?? [])
    .sort((a, b) => b.score - a.score);
  const [best] = lists;
  if (best === undefined) return null;
  const items = parseJsonByPaths(text, base, best.fields).items.flatMap(({ title, content, url, published }) =>
    url === null ? [] : [{ title: toHeadline((title ?? content)?.value ?? ''), url, date: published }],
  );
  return items.length === 0 ? null : { fields: best.fields, items, doubt: findDoubt(best, lists, items) };
}

const SHOWN = 120;

function toHeadline(html: string): string {
  return plainLine(htmlToText(html.slice(0, 5_000))).slice(0, SHOWN);
}

interface RatedRecords {
  readonly list: RecordList;
  readonly fields: JsonFields;
  readonly score: number;
}

const SAMPLE = 40;

function rateRecords(list: RecordList, base: string): RatedRecords | null {
  const sample = list.records.slice(0, SAMPLE);
  const found = selectFields(sample, base);
  if (found.link === null || (found.title ?? found.content) === null) return null;
  const fields = { ...found, items: list.path };
  const weights = { title: 3, link: 3, date: 4, updated: 0.5, summary: 1, content: 1, image: 0.5, author: 0.5, categories: 0.5, id: 0.5 }; // biome-ignore format: a row
  const worth = Object.entries(weights).reduce((sum, [name, weight]) => sum + (found[name as FieldName] === null ? 0 : weight), 0); // biome-ignore format: one sum
  return { list, fields, score: worth + Math.min(Math.log2(list.records.length), 5) / 2 };
}

type FieldName = keyof typeof FIELD_NAMES;
type FoundFields = Readonly<Record<FieldName, JsonField | null>>;
/** By path: its texts in each record. */
type SampledValues = Map<string, readonly (readonly string[])[]>;

/** Pages of the items of an API that often omits their links. */
const ITEM_PAGES: Readonly<Record<string, string>> = {
  'hn.algolia.com': 'https://news.ycombinator.com/item?id={objectID}',
};

/** Each field takes the best path that is still free. */
function selectFields(sample: readonly JsonRecord[], base: string): FoundFields {
  const values: SampledValues = new Map(listFieldPaths(sample).map((path) => [path, sampleValues(sample, path)]));
  const found = new Map(
    Object.entries(FIELD_NAMES).map(([name, wanted]) => {
      const paths = selectPaths(name as FieldName, wanted, values, base);
      const used = paths.map((path) => values.get(path)!);
      for (const path of paths) values.delete(path);
      return [name, { paths, used }] as const;
    }),
  );
  const [date, updated] = [found.get('date')!, found.get('updated')!];
  if (isMoving(updated.used[0], date.used[0])) found.set('updated', { paths: [], used: [] });
  const page = ITEM_PAGES[new URL(base).hostname];
  if (page !== undefined) found.get('link')!.paths.push(page);
  const toField = ([one, ...others]: readonly string[]) => (others.length === 0 ? (one ?? null) : [one!, ...others]);
  return Object.fromEntries([...found].map(([name, { paths }]) => [name, toField(paths)])) as FoundFields;
}

/** Dates of changes that lie much closer together than those of publication: times of the API's own work. */
function isMoving(updated: SampledTexts | undefined, published: SampledTexts | undefined): boolean {
  const span = (texts: SampledTexts) => {
    const times = texts.flatMap(([text]) => Date.parse(parseDate(text ?? '') ?? '') || []);
    return Math.max(...times) - Math.min(...times);
  };
  return updated !== undefined && published !== undefined && span(updated) < span(published) / 4;
}

type SampledTexts = readonly (readonly string[])[];

function sampleValues(sample: readonly JsonRecord[], path: string): SampledTexts {
  const steps = parseJsonPath(path) ?? [];
  return sample.map((record) => selectTexts(record, steps));
}

/** Objects inside an item that describe something else, such as its author. */
const RELATED_OBJECT =
  /(?:^|[._])(?:authors?|users?|owner|account|creator|actor|reporter|assignee|makers?|publisher|provider|profile|org|organization|channel|blog|category|project|repo|repository|source|parent|media|preview|metadata|theme|badge|indexed|_?links?\.self)(?=[.[])/i;

/** Fields that may come from a list inside the item. */
const LISTED: readonly FieldName[] = ['author', 'categories', 'image'];
/** Fields for which a second path replaces missing values of the first. */
const WITH_FALLBACK: readonly FieldName[] = ['title', 'link'];
const SOME = 0.2;

function selectPaths(name: FieldName, wanted: FieldNames, values: SampledValues, base: string): string[] {
  const rated = [...values].flatMap(([path, texts]) => {
    const rank = rankPath(path, wanted.names);
    const isRelated = name !== 'author' && name !== 'categories' && RELATED_OBJECT.test(path);
    if (rank === null || isRelated || (path.includes('[*]') && !LISTED.includes(name))) return [];
    const hasApiAddress = name === 'link' && texts.some(([text]) => text !== undefined && isApiAddress(text, base));
    return [{ path, texts, cost: rank + 2 * path.split('.').length + (hasApiAddress ? 40 : 0) }];
  });
  const sorted = rated.sort((a, b) => a.cost - b.cost);
  const best = sorted.find(({ texts }) => isFilled(wanted, texts));
  if (!WITH_FALLBACK.includes(name)) return best === undefined ? [] : [best.path];
  for (const first of sorted.filter(({ texts }) => isFilled({ ...wanted, share: SOME }, texts))) {
    const second = sorted.find(({ texts }) => {
      const either = first.texts.map((own, i) => (own.length > 0 ? own : texts[i]!));
      const isMore = either.some((text, i) => text.length > first.texts[i]!.length);
      return isMore && isFilled({ ...wanted, share: SOME }, texts) && isFilled(wanted, either);
    });
    if (second !== undefined) return [first.path, second.path];
    if (first === best) break;
  }
  return best === undefined ? [] : [best.path];
}

function isFilled({ fits, share, differs }: FieldNames, texts: SampledTexts): boolean {
  const fitting = texts.filter((own) => own.length > 0 && own.every(fits)).map(([text]) => text);
  if (fitting.length < texts.length * share || fitting.length === 0) return false;
  return !differs || new Set(fitting).size >= fitting.length * 0.6;
}

/** An API address, which people do not open. */
function isApiAddress(address: string, base: string): boolean {
  if (!isAddress(address, base)) return true;
  const { hostname, pathname } = new URL(address, base);
  const isRelative = !/^https?:/i.test(address);
  return (!isRelative && /^api\./i.test(hostname)) || /\/api\/|\/wp-json\/|\.json$/i.test(pathname);
}

/** A list within this many points is a rival. */
const CLOSE = 1.5;

function findDoubt(best: RatedRecords, all: readonly RatedRecords[], items: JsonProposal['items']): string | null {
  const { fields } = best;
  if (items.length < 3) return `it has only ${items.length === 1 ? 'one item' : `${items.length} items`}`;
  if (fields.title === null) return 'its items have no headlines';
  if (items.filter(({ date }) => date !== null).length < items.length * 0.7)
    return 'its items have no dates that newsloom can read';
  if (isApiAddress(items[0]!.url, items[0]!.url)) return 'its links lead to an API';
  const lengths = items.map(({ title }) => title.length).sort((a, b) => a - b);
  if (lengths[Math.floor(lengths.length / 2)]! < 8) return 'its headlines are very short';
  const rival = all.find((one) => one !== best && one.score > best.score - CLOSE);
  return rival === undefined ? null : `another list looks as good: "${rival.list.path}"`;
}
