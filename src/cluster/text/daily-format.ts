/** Recognises formats that recur daily in nearly the same words: weather, markets, briefings, horoscopes. */

const notice = '(?:briefing|bulletin|digest|round-?up|newsletter|brief|headlines|recap|wrap|report|edition)';

// Patterns for headlines, in any letter case, by language.
const formats: readonly string[] = [
  `(?:morning|evening|midday|daily|weekly|weekend|nightly|markets?|stocks?|sports?)\\s+(?:news\\s+|market\\s+)?${notice}`,
  `^(?:the\\s+)?${notice}\\s*[:|–—-]`,
  'weather forecast|^weather\\s*[:|–—-]|(?:wall st(?:reet)?|stocks?|markets?) (?:opens?|closes?)|the week (?:in|ahead)|horoscopes?|crossword|tv guide|news quiz',
  'прогноз погоды|погода (?:в|на)|гороскоп|курсы? валют|дайджест|главное за|итоги (?:дня|недели)|утренняя сводка|обзор (?:рынка|рынков|прессы)',
  'прогноз погоди|погода (?:в|у|на)|курс валют|головне за|підсумки (?:дня|тижня)',
  'wetterbericht|wettervorhersage|das wetter|horoskop|presseschau|marktbericht|börsenbericht|der tag im überblick|das wichtigste (?:am|vom)',
  "prévisions météo|météo\\s*[:|–—-]|horoscope|revue de presse|l[’']essentiel de",
  'el tiempo (?:en|hoy)|horóscopo|resumen (?:del día|semanal)|titulares del día',
  'previsioni meteo|previsioni del tempo|oroscopo|rassegna stampa|le notizie del giorno',
  'prognoza pogody|pogoda na|przegląd prasy|previsão do tempo|hava durumu',
];
const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${formats.join('|')})(?![\\p{L}])`, 'iu');

export function isDailyFormat(title: string): boolean {
  return pattern.test(title);
}

/** The headline without the name of the format, which articles of other days and towns share. */
export function withoutFormat(title: string): string {
  return title.replace(pattern, ' ');
}
