/** Reads an export of another program with its additional files, and removes what the config cannot contain. */

import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import { isWithin } from '../../config/paths.js';
import { isHttpUrl, isPlainHttpUrl } from '../../config/values.js';
import { findImportFormat, importFormats } from '../../imports/import-formats.js';
import {
  type ExportedFile,
  type ImportedRule,
  type ImportedSite,
  type ImportedSource,
  type LeftOutSetting,
  mergeLeftOut,
} from '../../imports/imported-site.js';
import { addScheme, isAddress, removeFeedScheme } from '../../model/address.js';
import { decodeDocument } from '../../parse/encoding/decode.js';
import { expressionProblem } from '../../rules/expression.js';
import { looksLikeKey, redactUrl } from '../../text/url/redact-url.js';
import { importIcons } from './imported-icons.js';

export interface ReadImport extends ImportedSite {
  /** Format names; the main file's comes first. */
  readonly formats: readonly string[];
}

/** Unknown or unreadable export; the message names the file. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/** `withProxies`: keeps proxies and headers of sources. Whoever wrote the file chooses them, and they see every request. */
export interface ImportTrust {
  readonly withProxies: boolean;
}

export async function readImport(path: string, trust: ImportTrust): Promise<ReadImport> {
  const text = await readExportText(path);
  const read = readOneExport(path, text.replaceAll('\uFFFD', '?'));
  const further = await Promise.all(read.site.files.map((name) => readAdditionalFile(path, name)));
  const all = [read, ...further.flatMap((one) => ('site' in one ? one : []))];
  const missing = further.flatMap((one) => ('what' in one ? one : []));
  const icons = importIcons(all.flatMap(({ site }) => site.sources));
  const checked = await Promise.all(icons.sources.map((source) => checkImportedSource(source, trust)));
  const common = await checkImportedRules(read.site.rules, 'all');
  const folders = new Map(all.flatMap(({ site }) => site.folders).map((folder) => [folder.id, folder]));
  return {
    ...checkImportedSite(read.site),
    title: all.map(({ site }) => cleanName(site.title ?? '')).find((title) => title !== '') ?? null,
    formats: [...new Set(all.map(({ format }) => format))],
    rules: common.kept,
    sources: checked.flatMap(({ source }) => source ?? []),
    folders: [...folders.values()],
    leftOut: mergeLeftOut([
      ...all.flatMap(({ site }) => site.leftOut),
      ...missing,
      ...icons.leftOut,
      ...common.leftOut,
      ...checked.flatMap(({ leftOut }) => leftOut),
    ]),
  };
}

interface OneExport {
  readonly format: string;
  readonly site: ImportedSite;
}

function readOneExport(path: string, text: string): OneExport {
  const file: ExportedFile = { name: basename(path), text };
  const format = findImportFormat(file);
  if (format === null) throw new ImportRefused(`${path}: ${UNKNOWN}`);
  return { format: format.name, site: format.read(file) };
}

const READ = importFormats.map(({ describe }) => describe).join(', and ');
const UNKNOWN = `newsloom cannot import this file. Supported: ${READ}. Export your feeds as OPML and import that file`;

async function readExportText(path: string): Promise<string> {
  try {
    return decodeDocument(await readFile(path), null).text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR')
      throw new ImportRefused(`${path} is a directory; name the file in it, such as ${join(path, 'planet.ini')}`);
    throw new ImportRefused(`${path}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`);
  }
}

/** Reads a list that the main file names. */
async function readAdditionalFile(path: string, name: string): Promise<OneExport | LeftOutSetting> {
  const place = join(dirname(path), name);
  // It may be a device or a pipe, which have no end.
  if (!(await stat(place).catch(() => null))?.isFile()) return { what: name, why: NOT_THERE };
  if (!(await isWithin(place, dirname(path)))) return { what: name, why: OUTSIDE };
  const text = await readExportText(place);
  return findImportFormat({ name: basename(place), text }) === null
    ? { what: name, why: UNKNOWN }
    : readOneExport(place, text);
}

const OUTSIDE = 'it lies outside the folder of the imported file; import it by itself if you trust it';
const NOT_THERE = 'this list file is missing; add it later with "newsloom sources import"';

function checkImportedSite(site: ImportedSite): ImportedSite {
  const isHome = site.url !== null && isPlainHttpUrl(site.url) && removeLogin(site.url) === site.url;
  return { ...site, url: isHome ? site.url : null };
}

interface CheckedImport {
  /** null: it is left out. */
  readonly source: ImportedSource | null;
  readonly leftOut: readonly LeftOutSetting[];
}

/** Removes HTML, quotation marks and placeholders that other programs put into names. */
function cleanName(title: string): string {
  const name = decodeHTMLStrict(title).replace(/^"(.+)"$/, '$1');
  return /^\W*(?:untitled|null)\W*$/i.test(name) ? '' : name;
}

async function checkImportedSource(source: ImportedSource, { withProxies }: ImportTrust): Promise<CheckedImport> {
  const { rules = [], proxy, headers, icon = '', title: said = '', ...keys } = source;
  const title = removeLogin(cleanName(said));
  const bare = removeFeedScheme(source.url.replaceAll('&amp;', '&')); // HTML escapes
  const whole = addScheme(bare);
  const url = removeLogin(whole);
  const of = title || redactUrl(url);
  const reach = proxy === undefined ? undefined : /^[\w.-]+:\d+$/.test(proxy) ? `http://${proxy}` : proxy;
  if (reach !== undefined && !isHttpUrl(reach)) return { source: null, leftOut: [{ what: of, why: OTHER_PROXY }] };
  const addresses = [
    [of, whole] as const,
    [`the icon of ${of}`, icon] as const,
    [`the proxy of ${of}`, reach ?? ''] as const,
  ];
  const { kept, leftOut } = await checkImportedRules(rules, of);
  return {
    source: {
      ...keys,
      url,
      ...(title !== '' && { title }),
      ...(icon !== '' && { icon: removeLogin(icon) }),
      ...(withProxies && reach !== undefined && { proxy: removeLogin(reach) }),
      ...(withProxies && headers !== undefined && { headers }),
      ...(kept.length > 0 && { rules: kept }),
    },
    leftOut: [
      ...leftOut,
      ...(withProxies ? [] : listUntrusted(of, reach, headers)),
      ...(whole === bare
        ? []
        : [{ what: redactUrl(url), why: `${url.split('/', 1)[0]}// was added`, kept: true as const }]),
      ...addresses.flatMap(([whose, address]) =>
        removeLogin(address) === address ? [] : [{ what: `user name and password of ${whose}`, why: LOGIN }],
      ),
      ...(mayContainKey(url) ? [{ what: redactUrl(url), why: KEY, kept: true as const }] : []),
    ],
  };
}

function listUntrusted(of: string, proxy: string | undefined, headers: ImportedSource['headers']): LeftOutSetting[] {
  return [
    ...(proxy === undefined ? [] : [{ what: `proxy ${redactUrl(removeLogin(proxy))} of ${of}`, why: UNTRUSTED }]),
    ...Object.keys(headers ?? {}).map((name) => ({ what: `header ${name} of ${of}`, why: UNTRUSTED })),
  ];
}

const UNTRUSTED = 'the author of the file would choose it; add --with-proxies if you trust the file';
const OTHER_PROXY = 'its proxy is not an http(s) proxy; run "sources add" with another "--proxy" or without';
const LOGIN = `secrets; write them into the URL as "\${NAME}@" and set NAME in the environment`;
const KEY = `the URL may contain a key; write it as "\${NAME}" and set NAME in the environment`;

/** Also for titles that are URLs. */
function removeLogin(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/?#\\\s]*@/, '$1');
}

/** Ignores ids, which may resemble keys. */
function mayContainKey(address: string): boolean {
  if (!isAddress(address)) return false;
  const { pathname, searchParams } = new URL(address);
  return (
    pathname.split('/').some(looksLikeKey) ||
    [...searchParams].some(
      ([name, value]) => value !== '' && (SECRET.test(name) || (!/id$/i.test(name) && looksLikeKey(value))),
    )
  );
}

const SECRET = /token|secret|passw|session|(?:^|[_-]|api|user)key$|(?:^|[_-])auth$|^(?:pass|sig|signature)$/i;

async function checkImportedRules(rules: readonly ImportedRule[], of: string) {
  const problems = await Promise.all(rules.map(findRuleProblem));
  return {
    kept: rules.filter((_, index) => problems[index] === null),
    leftOut: problems.flatMap((why) => (why === null ? [] : [{ what: `a filter of ${of}`, why }])),
  };
}

async function findRuleProblem({ drop }: ImportedRule): Promise<string | null> {
  const { unless = {}, ...conditions } = drop;
  const values = [conditions, unless].flatMap((one) => Object.values(one).flat());
  for (const value of values.filter((one) => one.startsWith('/'))) {
    const problem = await expressionProblem(value);
    if (problem !== null) return `its expression is not valid RE2: ${problem}`;
  }
  return null;
}
