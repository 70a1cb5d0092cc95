/**
 * The keys under which a word is looked up, so that plurals and cases match and mere relatives do not (universe,
 * university): come here when a language splits a word or joins two.
 *
 * Full stemmers join too much for topics, and lose the cases of names. So English, Russian, Ukrainian, Turkish, Arabic and
 * Korean have rules of inflection here; other languages take their stemmer and keep what a derived word ends in.
 */
import { foldDiacritics, stemmerOf } from '../../text/stem.js';

/** Keys of a word of an article: a phrase's word matches when they share one. `word` is normalised, lower case. */
export function wordKeys(word: string, language: string): string[] {
  const keys = rulesOf(language).text(word);
  return withoutAccents(word, language, keys);
}

/** Keys of a word of a phrase. Narrower: an article's "attacked" is found by "attack", not the other way round. */
export function phraseKeys(word: string, language: string): string[] {
  const keys = rulesOf(language).phrase(word);
  return withoutAccents(word, language, keys);
}

interface Rules {
  text(word: string): string[];
  phrase(word: string): string[];
}

function rulesOf(language: string): Rules {
  return own[language] ?? stemmed(language);
}

// People leave accents out, and a stemmer may read the bare word in another way: both readings count.
function withoutAccents(word: string, language: string, keys: string[]): string[] {
  const folded = keys.map(foldDiacritics);
  const bare = foldDiacritics(word);
  if (bare !== word) folded.push(...rulesOf(language).phrase(bare).map(foldDiacritics));
  return folded.length === 1 ? folded : [...new Set(folded)];
}

const same = (keys: (word: string) => string[]): Rules => ({ text: keys, phrase: keys });

// ── English ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const irregular = new Map(
  `men man|women woman|children child|feet foot|teeth tooth|mice mouse|geese goose|wolves wolf|knives knife|wives wife
   lives life|leaves leaf|thieves thief|halves half|shelves shelf|loaves loaf|criteria criterion|phenomena phenomenon
   bacteria bacterium|news news|oxen ox|lies lie|ties tie|dies die|pies pie`
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

// Both readings of -ses, -ches and the like count: houses is house, crises is crisis, and "hous" is no word.
function englishBase(word: string): string[] {
  const known = irregular.get(word);
  if (known) return [known];
  if (word.endsWith('men') && word.length > 5) return [`${word.slice(0, -3)}man`];
  if (word.length < 4 || !word.endsWith('s')) return [word];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  if (/(?:[sxz]|[cs]h|o)es$/.test(word)) return [word.slice(0, -1), word.slice(0, -2)];
  if (word.endsWith('sis')) return [word.slice(0, -2)];
  return [/[sui]s$/.test(word) ? word : word.slice(0, -1)];
}

function englishText(word: string): string[] {
  const base = englishBase(word);
  const root = word.endsWith('ing') ? word.slice(0, -3) : word.endsWith('ed') ? word.slice(0, -2) : '';
  if (root.length < 3 || !/[aeiouy]/.test(root)) return base;
  const single = /([^aeioulsz])\1$/.test(root) ? [root.slice(0, -1)] : [];
  const kept = root.endsWith('i') ? `${root.slice(0, -1)}y` : `${root}e`;
  return [...base, root, kept, ...single];
}

// ── Russian and Ukrainian ───────────────────────────────────────────────────────────────────────────────────────────

// Stemmers take the ends of names for endings of verbs and cases: Иран, Киев, Лавров, Сергей. Here only nouns and adjectives bend.
const russianEndings =
  /(?:ями|ами|ого|его|ому|ему|ими|ыми|ов|ев|ей|ам|ям|ах|ях|ом|ем|ой|ою|ею|ую|юю|ая|яя|ое|ее|ые|ий|ый|ие|им|ым|их|ых|ью|ья|ье|ьи|а|я|о|е|у|ю|ы|и|й|ь)$/;

function russianKeys(word: string): string[] {
  const keys = [russianStem(word)];
  if (/.{3}и[йе]$/.test(word)) keys.push(word.slice(0, -2)); // российский, российские beside санкций, перемирие
  if (/.{2}[ое]в$/.test(word)) keys.push(word);
  if (/.{2}е(?:я|и|е|ю|ей|й|ям|ями|ях)$/.test(word)) keys.push(word.replace(/(?<=е)(?:я|и|е|ю|ей|й|ям|ями|ях)$/, ''));
  fleeting(word, keys);
  return [...new Set(keys)];
}

// Keeps three letters or more; -ия, -ии, -ию … keep their и.
function russianStem(word: string): string {
  const stem = word.replace(/(?<=.{2}и)(?:ями|ям|ях|ей|ем|я|и|ю|е|й)$/, '');
  return stem === word ? cutEnding(word, russianEndings) : stem;
}

function cutEnding(word: string, endings: RegExp): string {
  const stem = word.replace(endings, '');
  return stem.length < 3 ? shorter(word) : stem;
}

// Phrases name things in the nominative: Лавров and Харків are no plurals of лавр and харк.
function nominative(
  word: string,
  names: RegExp,
  keys: (word: string) => string[],
  stem: (word: string) => string,
): string[] {
  return names.test(word) ? keys(word).filter((key) => key !== stem(word) || key === word) : keys(word);
}

// рынок, рынка; украинец, украинцы.
function fleeting(word: string, keys: string[]): void {
  const parts = /^(.{2,}[^аеиіоуяюєїыэ])[еоє]([кц])ь?$/.exec(word);
  if (parts) keys.push(`${parts[1]}${parts[2]}`);
}

const ukrainianEndings =
  /(?:ями|ами|ові|еві|єві|ього|ого|ьому|ому|ими|іми|ям|ам|ях|ах|ою|ею|єю|ом|ем|єм|ім|їм|им|их|іх|їх|ої|ий|ей|я|а|ю|у|є|е|ї|і|и|о|ь|й)$/;

function ukrainianKeys(word: string): string[] {
  const keys = [ukrainianStem(word)];
  if (/.{3}ій$/.test(word)) keys.push(word.slice(0, -2));
  if (/.{2}[ії]в$/.test(word)) keys.push(word.slice(0, -2), word);
  if (/(?:[аеиіоуяюєї].*[ії][^аеиіоуяюєїй]+|.{2}[ії]в)$/.test(word)) keys.push(...alternated(word));
  fleeting(word, keys);
  return keys.filter((key) => key.length > 2 || key === word);
}

// рука, руці; книга, книзі: only texts bend so, phrases stand in the nominative.
function ukrainianText(word: string): string[] {
  const hard = { ц: 'к', з: 'г', с: 'х' }[/.{2}([цзс])і$/.exec(word)?.[1] ?? ''];
  return hard === undefined ? ukrainianKeys(word) : [...ukrainianKeys(word), `${word.slice(0, -2)}${hard}`];
}

// Keeps what stands before the ending at two letters or more; -ія, -ії, -ію … keep their і.
function ukrainianStem(word: string): string {
  const stem = word.replace(/(?<=.{2}і)(?:ями|ям|ях|єю|я|ї|ю|й)$/, '');
  return stem === word ? cutEnding(word, ukrainianEndings) : stem;
}

function shorter(word: string): string {
  return word.length > 3 ? word.replace(/[аяоеєиіїуюыьй]$/, '') : word;
}

// Київ, Києва; Харків, Харкова: і of a closed syllable opens to о or е.
function alternated(word: string): string[] {
  const last = Math.max(word.lastIndexOf('і'), word.lastIndexOf('ї'));
  const vowels = word[last] === 'ї' ? ['є', 'о'] : ['о', 'е'];
  return vowels.map((vowel) => `${word.slice(0, last)}${vowel}${word.slice(last + 1)}`).map(ukrainianStem);
}

// ── Turkish ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const turkishEndings = /(?<=.{4})(?:l[ae]r[ıi]?|n?[ıiuü]n|[dt][ae]n?|y?[ae]|y?[ıiuü])$/;

// Endings pile up: seçimlerde, seçimler, seçim. Every step counts, since names may end like endings.
function steps(word: string, endings: RegExp): string[] {
  const keys = [word];
  for (let turn = 0; turn < 3; turn += 1) {
    const shorter = keys.at(-1)!.replace(endings, '');
    if (shorter === keys.at(-1)) break;
    keys.push(shorter);
  }
  return keys;
}

// ── Arabic and Korean ───────────────────────────────────────────────────────────────────────────────────────────────

// After Larkey's light10: one article or clitic in front, one ending behind; both readings of a doubtful first letter.
function arabicKeys(word: string): string[] {
  const plain = word.replace(/[أإآ]/g, 'ا').replaceAll('ى', 'ي').replaceAll('ؤ', 'و').replaceAll('ئ', 'ي');
  const article = plain.replace(/^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{2})/, '');
  const readings = article === plain ? [plain, plain.replace(/^[وفبلك](?=.{3})/, '')] : [article];
  return [...new Set(readings.map((reading) => reading.replace(/(?<=.{3})(?:ها|ان|ات|ون|ين|يه|ية|ه|ة|ي)$/, '')))];
}

// Particles hang on to the noun, up to three of them; what remains has two syllables at least.
const koreanParticles =
  /(?<=.{2})(?:에서는|에서도|으로부터|에게서|이라는|이라고|에서|에게|께서|한테|으로|부터|까지|보다|처럼|만큼|이나|이란|이며|이라|라는|라고|에는|에도|과의|와의|은|는|이|가|을|를|의|에|로|와|과|도|만|나|란|며|군|측|인|들|산|발|계|제)$/;

const own: Readonly<Record<string, Rules>> = {
  en: { text: englishText, phrase: englishBase },
  ru: { text: russianKeys, phrase: (word) => nominative(word, /[ое]в$/, russianKeys, russianStem) },
  uk: { text: ukrainianText, phrase: (word) => nominative(word, /[ії]в$/, ukrainianKeys, ukrainianStem) },
  ar: same(arabicKeys),
  ko: { text: (word) => steps(word, koreanParticles), phrase: (word) => [word] },
  tr: { text: (word) => steps(word, turkishEndings), phrase: (word) => [word] },
};

// ── languages with a stemmer ────────────────────────────────────────────────────────────────────────────────────────

// What derived words end in: a stemmer cuts it off, the key keeps it (universidad is no universo).
const romance: readonly [RegExp, string][] = [
  [/(?:idad|idades|idade|ité|ités|ità|itat|itats)$/, 'ity'],
  [/(?:ción|cion|ciones|sión|siones|ção|cao|ções|coes|zione|zioni|tion|tions)$/, 'tion'],
  [/(?:ismos?|ismes?|ismi)$/, 'ism'],
  [/(?:istas?|istes?|isti)$/, 'ist'],
  [/(?:mente|ments?|mentos?|menti|mientos?)$/, 'ment'],
  [/(?:ic[oa]s?|iques?|iche|ici)$/, 'ic'],
  [/(?:al|ales|ais|ali|ale|aux|elle|elles)$/, 'al'],
];
const portuguese: readonly [RegExp, string][] = [...romance, [/(?:ão|ões|ães|oes)$/, 'ao']];
/** jueces is of juez, whose stem keeps its z. */
const spanish: readonly [RegExp, string][] = [...romance, [/(?<=[aeiouáéíóú])(?:z|ces)$/, 'z']];
const german: readonly [RegExp, string][] = [
  [/ung(?:en)?$/, 'ung'],
  [/(?:heit|keit)(?:en)?$/, 'heit'],
  [/isch(?:e[mnrs]?)?$/, 'isch'],
  [/lich(?:e[mnrs]?)?$/, 'lich'],
  [/ismus$/, 'ismus'],
];
const derived: Readonly<Record<string, readonly [RegExp, string][]>> = {
  es: spanish,
  fr: romance,
  it: romance,
  pt: portuguese,
  de: german,
};

const byStemmer = new Map<string, Rules>();

function stemmed(language: string): Rules {
  const known = byStemmer.get(language);
  if (known) return known;
  const stemmer = stemmerOf(language);
  const endings = derived[language] ?? [];
  const rules = same((word) => {
    const ending = endings.find(([pattern]) => pattern.test(word));
    const root = ending ? word.replace(ending[0], '') : '';
    return [ending && root !== '' ? `${root}+${ending[1]}` : stemmer(word)];
  });
  byStemmer.set(language, rules);
  return rules;
}
