/**
 * Computes keys of words, so that plurals and cases match, but words that merely share a stem (universe, university) do
 * not. Full stemmers conflate too much for topics, and miss the cases of names. So English, French, Russian, Ukrainian,
 * Turkish, Arabic, Hebrew and Korean have inflection rules here. Other languages use their stemmer, and the key keeps
 * derivational suffixes.
 */
import { loadStemmer } from '../../text/stem.js';
import { exactForm } from './phrase.js';

/** Keys of a word in an article. It matches a phrase's word if they share a key. `word` is normalised, lower case. */
export function wordKeys(word: string, language: string): string[] {
  const keys = selectRules(language).text(word);
  return addUnaccentedKeys(word, language, keys);
}

/** Keys of a word in a phrase, which are fewer: "attack" matches an article's "attacked", but not the reverse. */
export function phraseKeys(word: string, language: string): string[] {
  const keys = selectRules(language).phrase(word);
  return addUnaccentedKeys(word, language, keys);
}

interface Rules {
  text(word: string): string[];
  phrase(word: string): string[];
}

function selectRules(language: string): Rules {
  return languageRules[language] ?? stemmed(language);
}

// People omit accents, and a stemmer may treat the word without them differently: keys of both count.
function addUnaccentedKeys(word: string, language: string, keys: string[]): string[] {
  const folded = keys.map(exactForm);
  const bare = exactForm(word);
  if (bare !== word && !(language === 'fr' && FRENCH_PARTICIPLE.test(word)))
    folded.push(...selectRules(language).phrase(bare).map(exactForm));
  return folded.length === 1 ? folded : [...new Set(folded)];
}

const same = (keys: (word: string) => string[]): Rules => ({ text: keys, phrase: keys });

const irregular = new Map(
  `men man|women woman|children child|feet foot|teeth tooth|mice mouse|geese goose|wolves wolf|knives knife|wives wife
   lives life|leaves leaf|thieves thief|halves half|shelves shelf|loaves loaf|criteria criterion|phenomena phenomenon
   bacteria bacterium|news news|oxen ox|lies lie|ties tie|dies die|pies pie`
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

// Ambiguous plurals in -ses, -ches and the like give both keys: houses → house, crises → crisis; "hous" is harmless.
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

const irregularForms = new Map<string, string[]>();
for (const [form, base] of irregular) irregularForms.set(base, [...(irregularForms.get(base) ?? []), form]);

/** Prefixes of all words without accents that have this key in an English text. */
export function englishBeginnings(key: string): readonly string[] {
  const changesLast = key.endsWith('y') || key.endsWith('e'); // cities, making
  const men = key.endsWith('man') ? [`${key.slice(0, -3)}men`] : [];
  return [changesLast ? key.slice(0, -1) : key, ...men, ...(irregularForms.get(key) ?? [])];
}

// Stemmers mistake the ends of names for endings: Иран, Киев, Лавров. Here only nouns and adjectives inflect.
const russianEndings =
  /(?:ями|ами|ого|его|ому|ему|ими|ыми|ов|ев|ей|ам|ям|ах|ях|ом|ем|ой|ою|ею|ую|юю|ая|яя|ое|ее|ые|ий|ый|ие|им|ым|их|ых|ью|ья|ье|ьи|а|я|о|е|у|ю|ы|и|й|ь)$/;

function russianKeys(word: string): string[] {
  const keys = [russianStem(word)];
  if (/.{3}и[йе]$/.test(word)) keys.push(word.slice(0, -2)); // -ий and -ие are endings in российский, российские, but not in санкций, перемирие
  if (/.{2}[ое]в$/.test(word)) keys.push(word);
  if (/.{2}е(?:я|и|е|ю|ей|й|ям|ями|ях)$/.test(word)) keys.push(word.replace(/(?<=е)(?:я|и|е|ю|ей|й|ям|ями|ях)$/, ''));
  fleeting(word, keys);
  return [...new Set(keys)];
}

// Leaves at least three letters; -ия, -ии, -ию … keep their и.
function russianStem(word: string): string {
  const stem = word.replace(/(?<=.{2}и)(?:ями|ям|ях|ей|ем|я|и|ю|е|й)$/, '');
  return stem === word ? cutEnding(word, russianEndings) : stem;
}

function cutEnding(word: string, endings: RegExp): string {
  const stem = word.replace(endings, '');
  return stem.length < 3 ? shorter(word) : stem;
}

// Phrases are in the nominative: Лавров and Харків are not plurals of лавр and харк.
function nominative(
  word: string,
  names: RegExp,
  keys: (word: string) => string[],
  stem: (word: string) => string,
): string[] {
  return names.test(word) ? keys(word).filter((key) => key !== stem(word) || key === word) : keys(word);
}

// Fleeting vowels: рынок, рынка; украинец, украинцы.
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

// Consonant change, in texts only, since phrases are in the nominative: рука, руці; книга, книзі.
function ukrainianText(word: string): string[] {
  const hard = { ц: 'к', з: 'г', с: 'х' }[/.{2}([цзс])і$/.exec(word)?.[1] ?? ''];
  return hard === undefined ? ukrainianKeys(word) : [...ukrainianKeys(word), `${word.slice(0, -2)}${hard}`];
}

// Leaves at least two letters; -ія, -ії, -ію … keep their і.
function ukrainianStem(word: string): string {
  const stem = word.replace(/(?<=.{2}і)(?:ями|ям|ях|єю|я|ї|ю|й)$/, '');
  return stem === word ? cutEnding(word, ukrainianEndings) : stem;
}

function shorter(word: string): string {
  return word.length > 3 ? word.replace(/[аяоеєиіїуюыьй]$/, '') : word;
}

// Vowel change: Київ, Києва; Харків, Харкова.
function alternated(word: string): string[] {
  const last = Math.max(word.lastIndexOf('і'), word.lastIndexOf('ї'));
  const vowels = word[last] === 'ї' ? ['є', 'о'] : ['о', 'е'];
  return vowels.map((vowel) => `${word.slice(0, last)}${vowel}${word.slice(last + 1)}`).map(ukrainianStem);
}

const turkishEndings = /(?<=.{4})(?:l[ae]r[ıi]?|n?[ıiuü]n|[dt][ae]n?|y?[ae]|y?[ıiuü])$/;

// Turkish suffixes accumulate: seçimlerde, seçimler, seçim. Every step gives a key, because names may end like suffixes.
function steps(word: string, endings: RegExp): string[] {
  const keys = [word];
  for (let turn = 0; turn < 3; turn += 1) {
    const shorter = keys.at(-1)!.replace(endings, '');
    if (shorter === keys.at(-1)) break;
    keys.push(shorter);
  }
  return keys;
}

// After Larkey's light10: removes one article or clitic and one suffix; an ambiguous first letter gives both keys.
function arabicKeys(word: string): string[] {
  const plain = word.replace(/[أإآ]/g, 'ا').replaceAll('ى', 'ي').replaceAll('ؤ', 'و').replaceAll('ئ', 'ي');
  const article = plain.replace(/^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{2})/, '');
  const readings = article === plain ? [plain, plain.replace(/^[وفبلك](?=.{3})/, '')] : [article];
  return [...new Set(readings.map((reading) => reading.replace(/(?<=.{3})(?:ها|ان|ات|ون|ين|يه|ية|ه|ة|ي)$/, '')))];
}

// One-letter prepositions, the article and "and" are written together with the noun, alone or several.
function hebrewKeys(word: string): string[] {
  const noun = word.replace(/^ו?(?:מה|[בהכלמש])?(?=.{3})/, '');
  return noun === word ? [word] : [word, noun];
}

// Up to three particles follow a noun; at least two syllables must remain.
const koreanParticles =
  /(?<=.{2})(?:에서는|에서도|으로부터|에게서|이라는|이라고|에서|에게|께서|한테|으로|부터|까지|보다|처럼|만큼|이나|이란|이며|이라|라는|라고|에는|에도|과의|와의|은|는|이|가|을|를|의|에|로|와|과|도|만|나|란|며|군|측|인|들|산|발|계|제)$/;

// Stemmers join "pop" and "pope". Here only nouns and adjectives inflect; short words keep their last vowel.
function frenchKeys(word: string): string[] {
  const singular = frenchSingular(word);
  const keys = /[aiou]is$|[auo]s$/.test(word) ? [word, singular] : [singular];
  return [...new Set(keys.map(frenchMasculine))];
}

function frenchSingular(word: string): string {
  if (word.length > 4 && word.endsWith('aux') && !word.endsWith('eaux')) return `${word.slice(0, -3)}al`;
  return word.length > 3 && /(?:[^s]s|[aeo]ux)$/.test(word) ? word.slice(0, -1) : word;
}

const frenchFeminine: readonly [RegExp, string][] = [
  [/trice$/, 'teur'],
  [/euse$/, 'eur'],
  [/(?<=[eo])([ln])\1e$/, '$1'],
  [/(?<=..)ère$/, 'er'],
  [/(?<=.{3})ète$/, 'et'],
  [/(?<=..)ive$/, 'if'],
  [/ée$/, 'é'],
  [/(?<=.{4}[^aeiouéè])e$/, ''],
];

// A final é differs from e (marché, marche; musée, muse), although diacritics are folded later.
function frenchMasculine(word: string): string {
  const ending = frenchFeminine.find(([pattern]) => pattern.test(word));
  return (ending ? word.replace(...ending) : word).replace(/é$/, 'e+');
}

/** The accent of a final é must not be omitted. */
const FRENCH_PARTICIPLE = /ée?s?$/;

const languageRules: Readonly<Record<string, Rules>> = {
  en: { text: englishText, phrase: englishBase },
  ru: { text: russianKeys, phrase: (word) => nominative(word, /[ое]в$/, russianKeys, russianStem) },
  uk: { text: ukrainianText, phrase: (word) => nominative(word, /[ії]в$/, ukrainianKeys, ukrainianStem) },
  ar: same(arabicKeys),
  fr: same(frenchKeys),
  he: { text: hebrewKeys, phrase: (word) => [word] },
  ko: { text: (word) => steps(word, koreanParticles), phrase: (word) => [word] },
  tr: { text: (word) => steps(word, turkishEndings), phrase: (word) => [word] },
};

// Derivational suffixes: a stemmer removes them, the key keeps them (universidad is not universo).
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
/** jueces is a form of juez, which keeps its z in the stem. */
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
  it: romance,
  pt: portuguese,
  de: german,
};

/** Nouns in -er: a phrase of these ("Wähler", "programmers") does not match the word without it ("Wahl", "Programm"). */
const germanAgent = /(?<=.{3})er[ns]?$/;
/** Unrelated words share shorter stems: Spanish "caso" and "casa". */
const shortStem = 5;

const byStemmer = new Map<string, Rules>();

function stemmed(language: string): Rules {
  const known = byStemmer.get(language);
  if (known) return known;
  const stemmer = loadStemmer(language);
  const endings = derived[language] ?? [];
  const key = (word: string): string => {
    const ending = endings.find(([pattern]) => pattern.test(word));
    const root = ending ? word.replace(ending[0], '') : '';
    if (ending && root !== '') return `${root}+${ending[1]}`;
    const stem = stemmer(word);
    return (language === 'es' || language === 'pt') && stem.length < shortStem ? word.replace(/(?<=..)s$/, '') : stem;
  };
  const agent = (word: string): string[] =>
    language === 'de' && germanAgent.test(word) ? [`${word.replace(germanAgent, '')}+er`] : [];
  const rules: Rules = {
    text: (word) => [key(word), ...agent(word)],
    phrase: (word) => (agent(word).length > 0 ? agent(word) : [key(word)]),
  };
  byStemmer.set(language, rules);
  return rules;
}
