/** Recognises languages in Latin and Cyrillic script by their most common function words. */

const WORDS: Readonly<Record<string, string>> = {
  bg: 'и на за от се да не че при като ще са',
  ca: 'el la els les de del que i en per amb una un al',
  cs: 'a se na je v že do za pro ve po od jako si',
  da: 'og i at er det til af på for en med den ikke som',
  de: 'der die das und ist in den von mit für auf dem ein eine nicht im zu sich',
  el: 'και το να της του η για με από στην',
  en: 'the of and to in a is for on that with as at by from it its was after has are be an will who over',
  es: 'el la los las de del que y en un una por con para se su al no',
  et: 'ja on ei et oma see kui ka ning mis',
  fi: 'ja on ei että se oli kun mutta myös sen hän',
  fr: 'le la les de des du et en un une que pour dans sur au aux par est pas qui',
  hr: 'i u na je se za od da su s kao koji',
  hu: 'a az és hogy nem is egy meg van ez csak',
  it: 'il lo la i gli le di del della che e in un una per con al non da nel',
  lt: 'ir kad į su yra iš bei dėl po už',
  lv: 'un ir ka no par ar uz kas arī pēc',
  nl: 'de het een en van in is dat op te voor met zijn niet aan om bij',
  no: 'og i å er det til av på for en med som ikke har fra',
  pl: 'i w na z się nie do to że o od po jak dla jest za',
  pt: 'o a os as de do da que e em um uma para com no na por não se dos das ao',
  ro: 'și în de la cu pe din care că nu un o a să pentru',
  ru: 'и в на не что с по из за к о от для как это до при после во он',
  sk: 'a sa na je v že do za pre vo po od ako si',
  sl: 'in je na za se da so v ki ne po pri tudi',
  sr: 'и у на је се за од да су с као који',
  sv: 'och i att är det till av på för en med som inte har den ett',
  tr: 've bir bu için da de ile olarak daha çok ne',
  uk: 'і в у на не що з до та за про від для як це його після був',
  be: 'і ў у на не што з да за пра ад для як гэта яго пасля',
};
const LANGUAGES = Object.keys(WORDS);
/** Word → indices of the languages that use it. */
const SPOKEN = new Map<string, number[]>();
for (const [place, language] of LANGUAGES.entries()) {
  for (const word of WORDS[language]!.split(' ')) SPOKEN.set(word, [...(SPOKEN.get(word) ?? []), place]);
}

/**
 * Whether a text appears to be in its declared language: it has at least two of the language's function words, and no other
 * language in the table has more.
 */
export function hasFunctionWords(text: string, language: string): boolean {
  const hits = functionWords(text);
  const own = hits[LANGUAGES.indexOf(language === 'nb' || language === 'nn' ? 'no' : language)] ?? 0;
  return own >= 2 && hits.every((other) => other <= own);
}

/** For texts without a declared language: the one with at least three of its function words, and two more than any other. */
export function languageOfFunctionWords(text: string): string | null {
  const hits = functionWords(text);
  const most = Math.max(...hits);
  const near = hits.filter((count) => most - count < 2).length;
  return most >= 3 && near === 1 ? LANGUAGES[hits.indexOf(most)]! : null;
}

/** Number of different function words in the text, by language. */
function functionWords(text: string): number[] {
  const hits = LANGUAGES.map(() => 0);
  const words = text.toLowerCase().match(/[a-z]+(?![a-z\u0080-\u{10ffff}])|\p{L}+/gu) ?? [];
  for (const word of new Set(words.filter((one) => SPOKEN.has(one)))) {
    for (const place of SPOKEN.get(word)!) hits[place]! += 1;
  }
  return hits;
}
