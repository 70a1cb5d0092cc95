/** Reads a byline: the people and agencies that it names, without "By", roles, places and the publication itself. */
import { loadTable } from '../../data/load.js';
import { lettersOnly } from '../../text/plain.js';
import { NEWS_AGENCIES } from './outlets.js';
import { bearsName, type NameWords } from './publication-name.js';

/**
 * The names in a byline, in its order and spelling (a name all in capitals apart). A byline that cannot be divided for certain
 * stays whole: "Smith, Jr.", "Roe, Jane", "Data & Society". Empty where it names nobody: "Staff", "admin", a name in `own`.
 * @param byline one line of plain text.
 * @param own names of the publication.
 */
export function namesInByline(byline: string, own: readonly string[]): string[] {
  // What is found is read again: "By: By Ilse Tarn". Names become shorter or lose capitals, so it ends.
  return namesOnce(byline, own).flatMap((name) => (name === byline ? name : namesInByline(name, own)));
}

function namesOnce(byline: string, own: readonly string[]): string[] {
  const said = byline
    .replace(HIDDEN, '$1')
    .replace(LEAD, '')
    .replace(LEAD_OR_NAME, '')
    .replace(AT_ADDRESS, '')
    .replace(DASHED, (ending, after: string) => (saysNobody(after, own) || isRole(after) ? '' : ending));
  const pieces = said.split(STRONG).flatMap((piece) => namesInPiece(trimmed(piece), own));
  return pieces
    .map((name) => withoutStaff(withoutCapitals(name)))
    .filter((name) => name !== '' && !saysNobody(name, own));
}

/** What blog hosts write of a person whose address they keep to themselves: "hidden (ferry)". */
const HIDDEN = /^hidden \((.+)\)$/i;
/** "By" and the like. */
const LEAD =
  /^(?:(?:(?:written|reported|posted|edited|story|text|words|photos?|photographs?|photography|illustrations?|pictures?|graphics?|video) )?by[:\s]\s*|(?:author|autor|auteur|autore|text|texte|photos?|fotos?|текст|автор|фото):\s*)+/i;
/** Prepositions that may begin a name too ("Von Arx"): cut only before two capitalised words. */
const LEAD_OR_NAME = /^(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|Af|af)\s+(?=\p{Lu}[\p{L}.'’-]+\s+\p{Lu})/u;
const AT_ADDRESS = /(?<![\s:,–-])[\s:,–-]+(?:https?:\/\/|www\.)\S+$/i;
const STRONG = /\s*[;；、]\s*|\s+[|·•]\s+/u;
const DASHED = /\s+[–—-]\s+([^–—]+)$/u;
const AND = 'and|und|et|y|e|och|og|en|i|oraz|и|та|і|й|ja|ve|dan|và|si|și|with|avec|mit|con|com|med|met|&';
const BETWEEN_NAMES = new RegExp(`\\s*,\\s*(?:(?:${AND})\\s+)?|\\s+(?:${AND})\\s+`, 'iu');

function namesInPiece(piece: string, own: readonly string[]): string[] {
  if (FIRM.test(piece) || bearsName(piece, own)) return [piece];
  const academic = piece.match(SURNAME_AND_INITIALS);
  if (academic !== null && academic.join(', ').length >= piece.replace(/[\s,]+$/, '').length) return academic;
  return listed(piece, own) ?? [piece];
}

/** "Tarn, I., Brandt, O. M.": surnames, each with initials. */
const SURNAME_AND_INITIALS = /(?<=^|, )[^,]+, (?:\p{L}\.[ -]?)+(?=,|$)/gu;

/** null: not a list of people for certain. */
function listed(piece: string, own: readonly string[]): string[] | null {
  const { head, place } = beforeSlash(NAME_AND_ROLE.exec(piece)?.[1] ?? piece);
  const names: string[] = [];
  let isPlaceOpen = false;
  const parts = head.split(BETWEEN_NAMES).map((part) => trimmed(part).replace(LEAD, ''));
  for (const [at, part] of parts.entries()) {
    if (part === '' || saysNobody(part, own)) continue;
    if (names.length > 0 && TITLE.test(part)) {
      names.push(`${names.pop()}, ${part}`);
      continue;
    }
    // "in Lowell, Mass. and": what follows a place is its region.
    if (isPlaceOpen && /^\p{Lu}\S*$/u.test(part)) continue;
    const { name, hasPlace } = withoutPlace(withoutRole(part));
    isPlaceOpen = hasPlace;
    if (isRole(name) && names.length > 0) continue;
    const isKnown = isAgency(name) || isPerson(name);
    if (!isKnown && names.length > 0 && at === parts.length - 1 && isOutlet(name)) continue;
    if (!isKnown) return names.length === 0 ? alone(head, own) : null;
    names.push(name);
  }
  return place === null ? names : [...names, ...place];
}

/** A name that is no list, or one with an ending that says something else: "Ilse, The Harbour Times". */
function alone(said: string, own: readonly string[]): string[] | null {
  if (!BETWEEN_NAMES.test(said)) return [withoutPlace(withoutRole(said)).name];
  const [, name, rest] = /^([^,]+),\s*([^,]+)$/.exec(said) ?? [];
  return name !== undefined && rest !== undefined && saysNobody(rest, own) ? [trimmed(name)] : null;
}

/** "Ilse Tarn / Dhaka": a place is cut; a second person is one. */
function beforeSlash(piece: string): { head: string; place: string[] | null } {
  const [, head, tail] = /^([^/]+?)\s*\/\s*([^/]+)$/.exec(piece) ?? [];
  const [first = ''] = (head ?? '').split(BETWEEN_NAMES).map(trimmed);
  if (head === undefined || tail === undefined || !(isPerson(first) || isAgency(first)))
    return { head: piece, place: null };
  const isSecond = TWO_NAMES.test(tail) && isPerson(tail) && !TWO_WORD_PLACE.test(tail);
  return { head, place: isSecond || isAgency(tail) ? [tail] : null };
}

const TWO_WORD_PLACE =
  /^(?:new|san|santa|los|las|saint|st\.?|port|cape|hong|tel|mexico|buenos|rio|s[aã]o|abu|kuala|phnom|addis|el|la|fort|north|south|east|west|washington|dar|sri|saudi|costa|puerto|guatemala|panama|kansas|salt|palm|long)\s|\b(?:city|island|islands|beach|valley|county|province)$/i;

/** "Ilse Tarn in Dhaka". */
function withoutPlace(part: string): { name: string; hasPlace: boolean } {
  const [, name] = /^(.+?) (?:in|en|à|reporting from|from|w|в) (?:the )?\p{Lu}.*$/u.exec(part) ?? [];
  const isNamed = name !== undefined && (isPerson(name) || isAgency(name));
  return isNamed ? { name, hasPlace: true } : { name: part, hasPlace: false };
}

/** "Ilse Tarn (Design)", "Ilse (Ilse Tarn)", "Ilse Tarn Harbour editor"; a name in another script stays. */
function withoutRole(part: string): string {
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

/** Two to six words as names have them. */
function isPerson(part: string): boolean {
  return PERSON.test(part) && !isOutlet(part) && !FIRM.test(part);
}

/** Ends of names of firms, in which a comma or "&" divides nothing. */
const FIRM =
  /[\s,](?:inc|ltd|llc|llp|plc|gmbh|corp|co|ag|se|s\.?a|s\.?a\.?s|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|a\/s|pty)\.?$/i;
/** Titles behind a comma, which belong to the name before it. */
const TITLE = /^(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|m\.?b\.?a|esq|r\.?n|d\.?d\.?s|j\.?d|m\.?a|b\.?a|cfa|cpa)\.?$/i;

const OUTLET_WORD =
  /(?:^|\s)(?:news|press|media|team|desk|staff|agency|institute|university|group|company|foundation|association|society|bureau|board|editors|cent(?:er|re)|studios?|records|tv|radio|department|council|ministry|school|college|magazine|times|herald|tribune|gazette|journal|weekly|daily|blog|business|podcast|club|network)(?:$|\s)/i;

function isOutlet(part: string): boolean {
  return OUTLET_WORD.test(part) || isAgency(part) || /^The \p{Lu}/u.test(part);
}

/** Words of bylines that name nobody. */
const NOBODY = new Set(loadTable<NameWords>('name-words').nobody);

/** Only such words, or these and the publication's own name: "Staff and agencies", "Harbour Times Staff". */
function saysNobody(part: string, own: readonly string[]): boolean {
  if (bearsName(part, own) || /^special to /i.test(part) || isMail(part)) return true;
  const words = lettersOnly(part).split(' ');
  const rest = words.filter((word) => !NOBODY.has(word));
  if (rest.length === 0) return words.length > 0;
  return rest.length < words.length && isAcronymOrName(rest, part, own);
}

function isAcronymOrName(rest: readonly string[], part: string, own: readonly string[]): boolean {
  if (bearsName(rest.join(' '), own)) return true;
  const short = rest.join('');
  return part.includes(short.toUpperCase()) && own.some((name) => isAcronym(short, name));
}

function isAcronym(short: string, name: string): boolean {
  const initials = lettersOnly(name)
    .replace(/^the /, '')
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('');
  return short.length > 1 && short.length < 6 && initials.startsWith(short);
}

/** "Reuters Staff" → "Reuters". */
function withoutStaff(name: string): string {
  const agency = name.replace(/ (?:staff|reporters?|newsroom)$/i, '');
  return isAgency(agency) ? agency : name;
}

/** "ILSE TARN" → "Ilse Tarn"; an acronym, a single word or another script stays. */
function withoutCapitals(name: string): string {
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

/** Without spaces and punctuation at both ends. A loop: a pattern that ends in `$` would look at each run of them from each of its places. */
function trimmed(part: string): string {
  const isAround = (at: number) => /[\s,;:]/.test(part[at]!);
  let [from, to] = [0, part.length];
  while (from < to && isAround(from)) from++;
  while (from < to && isAround(to - 1)) to--;
  return part.slice(from, to);
}

function isMail(name: string): boolean {
  const at = name.indexOf('@', 1);
  return at > 0 && name.lastIndexOf('.', name.length - 2) > at + 1 && !/\s/.test(name);
}
