/** Names of months in many languages. A row per language: twelve stems, lower case without accents, alternatives separated by `|`. */
const LANGUAGES: readonly string[] = [
  'jan feb mar apr may jun jul aug sep oct nov dec', // English, and most others
  'jan feb|feber marz|maerz|mrz apr mai jun jul aug sep okt nov dez', // German
  'janv fev|fevr mars avr mai juin juil aou|aout sept oct nov dec', // French
  'ene feb mar abr may jun jul ago|agosto sep|set oct nov dic', // Spanish
  'gen|gennaio feb mar apr mag giu lug ago set ott nov dic', // Italian
  'jan fev mar abr mai jun jul ago set out nov dez', // Portuguese
  'jan feb|febr maa|mrt apr mei jun jul aug sep okt nov dec', // Dutch
  'sty lut mar kwi maj cze lip sie wrz paz lis gru', // Polish
  'янв фев мар апр май|мая|мае июн июл авг сен окт ноя дек', // Russian
  'січ|сiч лют бер кві|квi тра чер лип сер вер жов лис гру', // Ukrainian
  'ιαν φεβ μαρ απρ μαι|μαϊ ιουν ιουλ αυγ|αυγου σεπ οκτ νοε|νοε δεκ', // Greek
  'jan feb mar|marc apr maj jun jul aug szep okt nov dec', // Hungarian
  'led uno bre dub kve cvn|cerven|cervna cvc|cervenec|cervence srp zar rij lis pro', // Czech
  'jan feb mar apr maj jun jul aug sep okt nov dec', // Swedish, Danish
  'sijec velj ozuj trav svib lipanj|lipnj srpanj|srpnj kolov ruj oct studen prosin', // Croatian
  'oca sub mar nis may haz tem agu eyl eki kas ara', // Turkish
  'ian feb mar apr mai iun iul aug sep oct nov|noi dec', // Romanian
  // Where they differ from all of these: Finnish, Estonian, Norwegian, Indonesian, Slovenian, Serbian, Macedonian, Bulgarian, Arabic
  'tammi|jaan|яну|јан|يناير helmi|veeb|феб|فبراير maalis|مارس huhti|أبريل|ابريل touko|маи|мај|مايو kesa|juuni|юни|јун|يونيو heina|juuli|юли|јул|يوليو elo|avg|أغسطس|اغسطس syys|сеп|سبتمبر loka|أكتوبر|اكتوبر marras|ное|нов|نوفمبر joulu|des|dets|дец|ديسمبر',
];

/** Longer stems first, so that "cervenec" does not match "cerven". */
const STEMS: readonly (readonly [string, number])[] = LANGUAGES.flatMap((row) =>
  row.split(' ').flatMap((names, index) => names.split('|').map((stem) => [stem, index + 1] as const)),
).sort((a, b) => b[0].length - a[0].length);

/** 1 to 12 for a month's name or abbreviation in any of the languages; null for other words. */
export function monthNamed(word: string): number | null {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .normalize('NFC');
  return plain.length > 14 ? null : (STEMS.find(([stem]) => plain.startsWith(stem))?.[1] ?? null);
}
