/** The regions of the world, with their countries: which names count for "Asia". */

/**
 * Regions and their countries as the United Nations group them (Standard Country or Area Codes for Statistical Use, M49;
 * Taiwan and Kosovo, which it does not list, stand with their neighbours). The Middle East is no region of M49: here the countries
 * from Egypt to Iran. `region | codes of ISO 3166-1, or regions`.
 */
const regionTable = `
northern-africa | DZ EG LY MA SD TN EH
eastern-africa | BI KM DJ ER ET KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW
middle-africa | AO CM CF TD CG CD GQ GA ST
southern-africa | BW SZ LS NA ZA
western-africa | BJ BF CV CI GM GH GN GW LR ML MR NE NG SN SL TG SH
africa | northern-africa eastern-africa middle-africa southern-africa western-africa
caribbean | AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI
central-america | BZ CR SV GT HN MX NI PA
south-america | AR BO BR CL CO EC FK GF GY PY PE SR UY VE
latin-america | caribbean central-america south-america
northern-america | BM CA GL PM US
americas | latin-america northern-america
central-asia | KZ KG TJ TM UZ
eastern-asia | CN HK MO TW KP JP MN KR
south-eastern-asia | BN KH ID LA MY MM PH SG TH TL VN
southern-asia | AF BD BT IN IR MV NP PK LK
western-asia | AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE
asia | central-asia eastern-asia south-eastern-asia southern-asia western-asia
middle-east | BH EG IR IQ IL JO KW LB OM PS QA SA SY AE YE
eastern-europe | BY BG CZ HU PL MD RO RU SK UA
northern-europe | AX DK EE FO FI GG IE IM IS JE LV LT NO SE SJ GB
southern-europe | AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK
western-europe | AT BE CH DE FR LI LU MC NL
europe | eastern-europe northern-europe southern-europe western-europe
oceania | AU NZ NF FJ NC PG SB VU GU KI MH FM NR MP PW AS CK PF NU PN TK TO TV WF WS
`;

/** Labels and names of the regions that news speaks of. `region en | uk | ru | de | fr | es`; the first is the label. */
const nameTable = `
africa Africa, African | Африка, африканськ* | Африка, африканск* | Afrika, afrikanisch* | Afrique, africain* | África, african*
northern-africa North Africa, North African | Північна Африка | Северная Африка | Nordafrika | Afrique du Nord | África del Norte, Norte de África
southern-africa Southern Africa | Південь Африки | Юг Африки | Südliches Afrika | Afrique australe | África austral
western-africa West Africa, West African | Західна Африка | Западная Африка | Westafrika | Afrique de l’Ouest | África Occidental
eastern-africa East Africa, East African | Східна Африка | Восточная Африка | Ostafrika | Afrique de l’Est | África Oriental
americas Americas | Америка | Америка | Amerika | Amériques | América
latin-america Latin America, Latin American | Латинська Америка, латиноамериканськ* | Латинская Америка, латиноамериканск* | Lateinamerika, lateinamerikanisch* | Amérique latine, latino-américain* | América Latina, Latinoamérica, latinoamerican*
central-america Central America, Central American | Центральна Америка | Центральная Америка | Mittelamerika, Zentralamerika | Amérique centrale | Centroamérica, América Central
south-america South America, South American | Південна Америка | Южная Америка | Südamerika, südamerikanisch* | Amérique du Sud | Sudamérica, América del Sur, Suramérica
caribbean Caribbean, West Indies | Кариби, карибськ* | Карибы, карибск* | Karibik, karibisch* | Caraïbes, Antilles | Caribe, Antillas
northern-america North America, North American | Північна Америка | Северная Америка | Nordamerika | Amérique du Nord | América del Norte, Norteamérica
asia Asia, Asian | Азія, азійськ* | Азия, азиатск* | Asien, asiatisch* | Asie, asiatique | Asia, asiátic*
central-asia Central Asia, Central Asian | Центральна Азія, Середня Азія | Центральная Азия, Средняя Азия | Zentralasien | Asie centrale | Asia Central
eastern-asia East Asia, East Asian | Східна Азія | Восточная Азия | Ostasien | Asie de l’Est, Asie orientale | Asia Oriental
south-eastern-asia Southeast Asia, South-East Asia, Southeast Asian, ASEAN | Південно-Східна Азія | Юго-Восточная Азия | Südostasien | Asie du Sud-Est | Sudeste Asiático
southern-asia South Asia, South Asian | Південна Азія | Южная Азия | Südasien | Asie du Sud | Asia del Sur
western-asia Western Asia | Західна Азія | Западная Азия | Westasien, Vorderasien | Asie occidentale | Asia Occidental
middle-east Middle East, Mideast, Middle Eastern | Близький Схід, близькосхідн* | Ближний Восток, ближневосточн* | Naher Osten, Nahost* | Proche-Orient, Moyen-Orient | Oriente Próximo, Oriente Medio
europe Europe, European | Європа, європейськ* | Европа, европейск* | Europa, europäisch* | Europe, européen* | Europa, europe*
northern-europe Northern Europe, Scandinavia | Північна Європа, Скандинавія | Северная Европа, Скандинавия | Nordeuropa, Skandinavien | Europe du Nord, Scandinavie | Norte de Europa, Escandinavia
eastern-europe Eastern Europe, Eastern European | Східна Європа | Восточная Европа | Osteuropa, osteuropäisch* | Europe de l’Est | Europa del Este
southern-europe Southern Europe, Balkans | Південна Європа, Балкани | Южная Европа, Балканы | Südeuropa, Balkan | Europe du Sud, Balkans | Europa del Sur, Balcanes
western-europe Western Europe, Western European | Західна Європа | Западная Европа | Westeuropa | Europe occidentale, Europe de l’Ouest | Europa Occidental
oceania Oceania, Pacific Islands, Polynesia, Melanesia | Океанія | Океания | Ozeanien | Océanie | Oceanía
`;

const columns = ['en', 'uk', 'ru', 'de', 'fr', 'es'] as const;

export interface Region {
  /** By language, ISO 639-1. */
  readonly label: Readonly<Record<string, string>>;
  /** Names of the region itself. */
  readonly names: readonly { readonly phrase: string; readonly language: string }[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
}

let regions: ReadonlyMap<string, Region> | undefined;

/** A region by its name in lower case with hyphens (`south-eastern-asia`); null: no such region. */
export function regionOf(name: string): Region | null {
  regions ??= readTables();
  return regions.get(name) ?? null;
}

function readTables(): ReadonlyMap<string, Region> {
  const countries = new Map<string, readonly string[]>();
  for (const [name, members] of rowsOf(regionTable, ' | '))
    countries.set(
      name,
      members!.split(' ').flatMap((member) => countries.get(member) ?? [member]),
    );
  const all = new Map<string, Region>();
  const written = new Map(rowsOf(nameTable, ' '));
  for (const [name, members] of countries) {
    const cells = (written.get(name) ?? englishOf(name)).split(' | ').map((cell) => cell.split(', '));
    all.set(name, {
      label: Object.fromEntries(cells.map(([first], column) => [columns[column]!, first!])),
      names: cells.flatMap((phrases, column) => phrases.map((phrase) => ({ phrase, language: columns[column]! }))),
      countries: members,
    });
  }
  return all;
}

function rowsOf(table: string, separator: string): [name: string, rest: string][] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const at = line.indexOf(separator);
      return [line.slice(0, at), line.slice(at + separator.length)];
    });
}

/** `middle-africa` → `Middle Africa` */
function englishOf(name: string): string {
  return name
    .split('-')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join(' ');
}
