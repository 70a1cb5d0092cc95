/** Recognises articles that report no event: daily formats (weather, markets, puzzles), and tips to buy or cook. */

const notice = '(?:briefing|bulletin|digest|round-?up|newsletter|brief|headlines|recap|wrap|report|edition)';

// Patterns for headlines, in any letter case, by language.
const formats: readonly string[] = [
  `(?:morning|evening|midday|daily|weekly|weekend|nightly|markets?|stocks?|sports?)\\s+(?:news\\s+|market\\s+)?${notice}`,
  '^(?:(?:the|news|your)\\s+)?(?:briefing|bulletin|digest|round-?up|newsletter|headlines|recap|wrap)\\s*[:|–—-]|^first thing\\s*[:|–—-]',
  'news and transfers|transfer(?: news|s? round[ -]?up| rumou?rs| gossip| talk)(?=\\s*(?:[:|–—-]|live|recap|$))|gossip\\s*:',
  'трансферные слухи|слухи и трансферы|transfer-?ticker|gerüchteküche|journal du mercato|rumores de fichajes',
  'weather forecast|^weather\\s*[:|–—-]|(?:wall st(?:reet)?|stocks?|markets?) (?:opens?|closes?)|the week (?:in|ahead)|horoscopes?|crossword|tv (?:guide|schedule|listings)|news quiz',
  '(?:wordle|quordle|nyt (?:connections|strands|mini))[^.?!]{0,40}(?:hints?|answers?|clues?)|(?:hints?|answers?|clues?)[^.?!]{0,25}(?:wordle|quordle|nyt (?:connections|strands|mini))|winning numbers|lottozahlen|tirage du loto|programme tv|телепрограмма',
  'прогноз погоды|погода (?:в|на)|гороскоп|курсы? валют|дайджест|главное за|итоги (?:дня|недели)|утренняя сводка|обзор (?:рынка|рынков|прессы)',
  'прогноз погоди|погода (?:в|у|на)|курс валют|головне за|підсумки (?:дня|тижня)',
  'wetterbericht|wettervorhersage|das wetter|horoskop|presseschau|marktbericht|börsenbericht|der tag im überblick|das wichtigste (?:am|vom)',
  "^the daily\\s*[:|–—-]|[;,] and more(?=[.!]?$)|ce qu[’']il faut retenir",
  "prévisions météo|météo\\s*[:|–—-]|horoscope|revue de presse|l[’']essentiel de",
  'el tiempo (?:en|hoy)|horóscopo|resumen (?:del día|semanal)|titulares del día',
  'previsioni meteo|previsioni del tempo|oroscopo|rassegna stampa|le notizie del giorno',
  'prognoza pogody|pogoda na|przegląd prasy|previsão do tempo|hava durumu',
];
const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${formats.join('|')})(?![\\p{L}])`, 'iu');

export function isDailyFormat(title: string): boolean {
  return pattern.test(title);
}

// Phrases of shopping tips, in any letter case, by language.
const tips: readonly string[] = [
  "(?:best|early|top|black friday|cyber monday|prime day)\\s+(?:[\\p{L}\\p{N}&’'+-]+\\s+){0,6}deals|deals of the (?:day|week)|(?:the\\s+|\\d+\\s+)best\\s+(?:[\\p{L}\\p{N}-]+\\s+){1,4}(?:in|for|of) 20\\d\\d",
  '(?:\\p{Sc}\\s?\\d[\\d.,]*|\\d+\\s?%) off|lowest prices? (?:ever|yet)|record lows? (?:on|for)|recipes?(?! (?:for|to))|(?:buy|sell|hold|add|accumulate|reduce)\\s+[^,;:]{2,60}[,;:]\\s*target (?:price|of)|gift guides?|gift ideas|coupon codes?|promo codes?',
  'gutscheincodes?|schnäppchen|bons? plans?|bon prix|codes? promo|en promo|código de descuento|codice sconto|промокоды?',
];
const shopping = new RegExp(`(?<![\\p{L}\\p{N}])(?:${tips.join('|')})(?![\\p{L}])`, 'iu');

/** Two tips on one kind of goods are not reports of one event. */
export function isShoppingTip(title: string): boolean {
  return shopping.test(title);
}

/** The headline without the name of the format, which articles of other days and towns share. */
export function removeFormatName(title: string): string {
  return title.replace(pattern, ' ');
}
