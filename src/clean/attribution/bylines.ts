/** Parses a byline: extracts people and agencies, without "By", roles, places and the publication itself. */
import { loadTable } from '../../data/load.js';
import { cacheByObject } from '../../text/cached.js';
import { lettersOnly } from '../../text/plain.js';
import { NEWS_AGENCIES } from './outlets.js';
import { matchesName, type NameWords } from './publication-name.js';

/**
 * In order and spelling of the byline, except names all in capitals. An ambiguous byline stays whole: "Smith, Jr.",
 * "Data & Society". Empty if anonymous: "Staff", "admin", a name in `own`.
 * @param byline one line of plain text.
 * @param own names of the publication.
 */
export function parseByline(byline: string, own: readonly string[]): readonly string[] {
  const known = listParsed(own);
  // Parses results again ("By: By Ilse Tarn"). Names only become shorter or lose capitals, so the recursion ends.
  const names =
    known.get(byline) ??
    parseBylineOnce(byline, own).flatMap((name) => (name === byline ? name : parseByline(name, own)));
  known.set(byline, names);
  return names;
}

/** Bylines that were already parsed with these names: few people write most items of a document. */
const listParsed = cacheByObject((_own: readonly string[]) => new Map<string, readonly string[]>());

function parseBylineOnce(byline: string, own: readonly string[]): string[] {
  const text = byline
    .replace(HIDDEN, '$1')
    .replace(LEAD, '')
    .replace(LEAD_OR_NAME, '')
    .replace(AT_ADDRESS, '')
    .replace(DASHED, (ending, after: string) => (isAnonymous(after, own) || isRole(after) ? '' : ending));
  const pieces = text.split(STRONG).flatMap((piece) => parsePiece(trimPunctuation(piece), own));
  return pieces.map((name) => stripStaff(lowerCapitals(name))).filter((name) => name !== '' && !isAnonymous(name, own));
}

/** Blog hosts write this if the address is private: "hidden (ferry)". */
const HIDDEN = /^hidden \((.+)\)$/i;
const LEAD =
  /^(?:(?:(?:written|reported|posted|edited|story|text|words|photos?|photographs?|photography|illustrations?|pictures?|graphics?|video) )?by[:\s]\s*|(?:author|autor|auteur|autore|text|texte|photos?|fotos?|текст|автор|фото):\s*)+/i;
/** Prepositions that may begin a name too ("Von Arx"): removed only before two capitalised words. */
const LEAD_OR_NAME = /^(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|Af|af)\s+(?=\p{Lu}[\p{L}.'’-]+\s+\p{Lu})/u;
const AT_ADDRESS = /(?<![\s:,–-])[\s:,–-]+(?:https?:\/\/|www\.)\S+$/i;
const STRONG = /\s*[;；、]\s*|\s+[|·•]\s+/u;
const DASHED = /\s+[–—-]\s+([^–—]+)$/u;
const AND = 'and|und|et|y|e|och|og|en|i|oraz|и|та|і|й|ja|ve|dan|và|si|și|with|avec|mit|con|com|med|met|&';
const BETWEEN_NAMES = new RegExp(`\\s*,\\s*(?:(?:${AND})\\s+)?|\\s+(?:${AND})\\s+`, 'iu');

function parsePiece(piece: string, own: readonly string[]): string[] {
  if (FIRM.test(piece) || matchesName(piece, own)) return [piece];
  const academic = piece.match(SURNAME_AND_INITIALS);
  if (academic !== null && academic.join(', ').length >= piece.replace(/[\s,]+$/, '').length) return academic;
  return parseNameList(piece, own) ?? [piece];
}

/** "Tarn, I., Brandt, O. M." */
const SURNAME_AND_INITIALS = /(?<=^|, )[^,]+, (?:\p{L}\.[ -]?)+(?=,|$)/gu;

/** null: not clearly a list of people. */
function parseNameList(piece: string, own: readonly string[]): string[] | null {
  const { head, place } = splitSlash(NAME_AND_ROLE.exec(piece)?.[1] ?? piece);
  const names: string[] = [];
  let isPlaceOpen = false;
  const parts = head.split(BETWEEN_NAMES).map((part) => trimPunctuation(part).replace(LEAD, ''));
  const isList = parts.length > 2 && LIST.test(head);
  for (const [at, part] of parts.entries()) {
    if (part === '' || isAnonymous(part, own)) continue;
    if (names.length > 0 && TITLE.test(part)) {
      names.push(`${names.pop()}, ${part}`);
      continue;
    }
    // "in Lowell, Mass. and": a region follows the place.
    if (isPlaceOpen && /^\p{Lu}\S*$/u.test(part)) continue;
    const { name, hasPlace } = stripPlace(stripRole(part));
    isPlaceOpen = hasPlace;
    if (isRole(name) && names.length > 0) continue;
    const isKnown = isAgency(name) || isPerson(name) || (isList && SHORT_NAME.test(name));
    if (!isKnown && names.length > 0 && at === parts.length - 1 && isOutlet(name)) continue;
    if (!isKnown) return names.length === 0 ? parseSingleName(head, own) : null;
    names.push(name);
  }
  return place === null ? names : [...names, ...place];
}

/** "Ilse, Oda, Jan and Ada Brandt": commas, and "and" before the last name. */
const LIST = new RegExp(`^[^,]+(?:, [^,]+)+,? (?:${AND}) [^,]+$`, 'iu');
const SHORT_NAME = /^(?:\p{Lu}|\p{Lo})[\p{L}\p{M}'’-]+$/u;

/** A single name, or one with an anonymous addition: "Ilse, The Harbour Times". */
function parseSingleName(text: string, own: readonly string[]): string[] | null {
  if (!BETWEEN_NAMES.test(text)) return [stripPlace(stripRole(text)).name];
  const [, name, rest] = /^([^,]+),\s*([^,]+)$/.exec(text) ?? [];
  return name !== undefined && rest !== undefined && isAnonymous(rest, own) ? [trimPunctuation(name)] : null;
}

/** "Ilse Tarn / Dhaka": removes a place, keeps a second person. */
function splitSlash(piece: string): { head: string; place: string[] | null } {
  const [, head, tail] = /^([^/]+?)\s*\/\s*([^/]+)$/.exec(piece) ?? [];
  const [first = ''] = (head ?? '').split(BETWEEN_NAMES).map(trimPunctuation);
  if (head === undefined || tail === undefined || !(isPerson(first) || isAgency(first)))
    return { head: piece, place: null };
  const isSecond = TWO_NAMES.test(tail) && isPerson(tail) && !TWO_WORD_PLACE.test(tail);
  return { head, place: isSecond || isAgency(tail) ? [tail] : null };
}

const TWO_WORD_PLACE =
  /^(?:new|san|santa|los|las|saint|st\.?|port|cape|hong|tel|mexico|buenos|rio|s[aã]o|abu|kuala|phnom|addis|el|la|fort|north|south|east|west|washington|dar|sri|saudi|costa|puerto|guatemala|panama|kansas|salt|palm|long)\s|\b(?:city|island|islands|beach|valley|county|province)$/i;

/** "Ilse Tarn in Dhaka". */
function stripPlace(part: string): { name: string; hasPlace: boolean } {
  const [, name] = /^(.+?) (?:in|en|à|reporting from|from|w|в) (?:the )?\p{Lu}.*$/u.exec(part) ?? [];
  const isNamed = name !== undefined && (isPerson(name) || isAgency(name));
  return isNamed ? { name, hasPlace: true } : { name: part, hasPlace: false };
}

/** "Ilse Tarn (Design)", "Ilse (Ilse Tarn)", "Ilse Tarn Harbour editor". Keeps a name in another script. */
function stripRole(part: string): string {
  const [, before = '', inside = ''] = /^(.+?)\s*[([]([^()[\]]+)[)\]]$/.exec(part) ?? [];
  if (before !== '' && !/\s/.test(before) && isPerson(inside)) return inside;
  const name = before !== '' && /^[\p{Script=Latin}\p{Script=Cyrillic}\P{L}]+$/u.test(inside) ? before : part;
  const [, person] = NAME_AND_ROLE.exec(name) ?? [];
  return person !== undefined && !isRole(person) ? person : name;
}

const ROLE =
  'editor|correspondent|reporter|columnist|writer|producer|photographer|analyst|chief|critic|journalist|presenter|' +
  'redakteur|redakteurin|korrespondent|korrespondentin|correspondant|correspondante|journaliste|corresponsal|redactor|redactora|' +
  'corrispondente|корреспондент|обозреватель|редактор|кореспондент';
const PARTICLE =
  "(?:de|da|das|del|della|di|do|dos|du|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|bint|y|e|zu|zur|af|av)|d['’]\\p{Lu}[\\p{L}]+";
const NAME_WORD = "(?:\\p{Lu}|\\p{Lo})[\\p{L}\\p{M}'’.-]*";
const NAME_AND_ROLE = new RegExp(
  `^(${NAME_WORD}(?: ${PARTICLE})* ${NAME_WORD}),? \\p{L}[\\p{L} &’'-]*(?<= )(?:${ROLE.replace(/(?<=^|\|)\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`)})$`,
  'u',
);
const PERSON = new RegExp(`^${NAME_WORD}(?: (?:${PARTICLE}|${NAME_WORD})){1,5}$`, 'u');
const TWO_NAMES = new RegExp(`^${NAME_WORD} ${NAME_WORD}$`, 'u');
const IS_ROLE = new RegExp(`(?:^|[^\\p{L}])(?:${ROLE})s?(?:$|[^\\p{L}])`, 'iu');

function isRole(part: string): boolean {
  return IS_ROLE.test(part);
}

/** Two to six words in the form of a name. */
function isPerson(part: string): boolean {
  return PERSON.test(part) && !isOutlet(part) && !FIRM.test(part);
}

/** Endings of company names, in which a comma or "&" does not separate names. */
const FIRM =
  /[\s,](?:inc|ltd|llc|llp|plc|gmbh|corp|co|ag|se|s\.?a|s\.?a\.?s|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|a\/s|pty)\.?$/i;
/** Titles after a comma, which belong to the preceding name. */
const TITLE = /^(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|m\.?b\.?a|esq|r\.?n|d\.?d\.?s|j\.?d|m\.?a|b\.?a|cfa|cpa)\.?$/i;

const OUTLET_WORD =
  /(?:^|\s)(?:news|press|media|team|desk|staff|agency|institute|university|group|company|foundation|association|society|bureau|board|editors|cent(?:er|re)|studios?|records|tv|radio|department|council|ministry|school|college|magazine|times|herald|tribune|gazette|journal|weekly|daily|blog|business|podcast|club|network)(?:$|\s)/i;

function isOutlet(part: string): boolean {
  return OUTLET_WORD.test(part) || isAgency(part) || /^The \p{Lu}/u.test(part);
}

const ANONYMOUS_WORDS = new Set(loadTable<NameWords>('name-words').nobody);

/** "Staff and agencies", "Harbour Times Staff". */
function isAnonymous(part: string, own: readonly string[]): boolean {
  if (matchesName(part, own) || /^special to /i.test(part) || isEmail(part)) return true;
  const words = lettersOnly(part).split(' ');
  const rest = words.filter((word) => !ANONYMOUS_WORDS.has(word));
  if (rest.length === 0) return words.length > 0;
  return rest.length < words.length && isAcronymOrName(rest, part, own);
}

function isAcronymOrName(rest: readonly string[], part: string, own: readonly string[]): boolean {
  if (matchesName(rest.join(' '), own)) return true;
  const short = rest.join('');
  const isShort = short.length > 1 && short.length < 6 && part.includes(short.toUpperCase());
  return isShort && own.some((name) => toInitials(name).startsWith(short));
}

function toInitials(name: string): string {
  const words = lettersOnly(name).replace(/^the /, '').split(' ');
  return words.map((word) => word[0] ?? '').join('');
}

/** "Reuters Staff" → "Reuters". */
function stripStaff(name: string): string {
  const agency = name.replace(/ (?:staff|reporters?|newsroom)$/i, '');
  return isAgency(agency) ? agency : name;
}

/** "ILSE TARN" → "Ilse Tarn". Keeps acronyms, single words and other scripts. */
function lowerCapitals(name: string): string {
  const isShouted = /^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?: [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+)+$/.test(name);
  const words = name.split(' ');
  const isLong = words.every((word) => word.endsWith('.') || word.length > 2);
  if (!isShouted || !isLong || isOutlet(name)) return name;
  return words
    .map((word) => word.toLowerCase().replace(/(?:^|['’.-])\p{L}/gu, (start) => start.toUpperCase()))
    .join(' ');
}

function isAgency(part: string): boolean {
  return NEWS_AGENCIES.has(lettersOnly(part));
}

/** Trims spaces and punctuation at both ends. A pattern that ends in `$` would take quadratic time. */
function trimPunctuation(part: string): string {
  const isAround = (at: number) => /[\s,;:]/.test(part[at]!);
  let [from, to] = [0, part.length];
  while (from < to && isAround(from)) from++;
  while (from < to && isAround(to - 1)) to--;
  return part.slice(from, to);
}

function isEmail(name: string): boolean {
  const at = name.indexOf('@', 1);
  return at > 0 && name.lastIndexOf('.', name.length - 2) > at + 1 && !/\s/.test(name);
}
