/**
 * Names and sayings in which the name of a country means something else: an article on Indian Wells is not about India, one on the
 * roller coaster ("montagnes russes") not about Russia.
 */

/** `language: phrases`, in the syntax of editors' phrases. */
const longerNames = `
en: African grey, African violet, American Beauty, American Express, American football, American Gods, American Graffiti, American Horror Story, American Idol, American Indian, American Pie, American Psycho, American Samoa, America Online, America’s Cup, Captain America, Anglo American, Asia Argento, Asian American, Asian giant hornet
en: Australian Open, Australian shepherd, Austrian economics, Bermuda grass, Bermuda shorts, Bermuda Triangle, Brazilian butt lift, Brazilian jiu-jitsu, Brazilian wax, Brazil nut, British Columbia, British Virgin Islands, Canada Dry, Canada goose, Canadian bacon, Central American, Chicken Kiev, Chile pepper, Chile relleno, Chile verde, Green Chile, Hatch Chile, Red Chile
en: Bone China, Fine China, China cabinet, Chinese Democracy, Chinese checkers, Chinese New Year, Chinese whispers, Cleveland Indians, Cold Turkey, Roast Turkey, Turkey Day, Thanksgiving Turkey, Turkey Creek, Turkey dinner, Turkey hunt, Turkey recipe, Turkey sandwich, Turkey Trot, Turkey vulture, Wild Turkey, Turkish bath, Turkish delight, Cuba Gooding, Cuban link, Cuban sandwich, Mark Cuban
en: Danish pastry, Double Dutch, Dubai chocolate, Dutch auction, Dutch courage, Dutch oven, Pennsylvania Dutch, East India Company, East Indian, Egyptian cotton, Equatorial Guinea, European Championship, Europa Clipper, Fighting Irish, French bulldog, French Colonial, French Connection, French door, French fries, French Guiana, French horn, French kiss, French Open, French Polynesia, French press, French Quarter, French toast, Dawn French
en: Georgian architecture, Georgian Bay, Georgian era, Georgian house, Georgian mansion, Georgian-style, Georgian terrace, German measles, German shepherd, Greek life, Greek mythology, Greek salad, Greek yoghurt, Greek yogurt, guinea fowl, guinea pig, Guinea-Bissau, Gulf of Mexico, Gulf of America, India Arie, India ink, India pale ale, Indian Ocean, Indian summer, Indian Wells
en: Irish coffee, Irish cream, Irish setter, Irish stew, Irish wolfhound, Kathy Ireland, Israel Adesanya, Israel Folau, Italian dressing, Italian greyhound, Italian sausage, The Italian Job, Jakarta EE, Apache Jakarta, Jamaica Plain, Japanese knotweed, Kenya Barris, Kenya Moore, Latin America, Latin American, Lebanon Valley, Mali GPU, Maltese Falcon, Manila envelope, Mexican wave, Miss America, Moscow mule, Nail Polish, Polish off, Polish up, New Amsterdam, New Berlin, New Britain, New England, New Guinea, New Jersey, New Mexico, New South Wales
en: North America, North American, Norwegian Wood, Pan American, Panama City Beach, Panama hat, Papua New Guinea, Port of Spain, Prince of Wales, Princess of Wales, Jimmy Wales, Pirates of the Caribbean, Royal Caribbean, Russian Doll, Russian dressing, Russian roulette, White Russian, Scottish fold, Scottish terrier, Singapore sling, South America, South American, South Georgia, South Sudan, South Sudanese, Spanish Flu, Spanish fly, Spanish Fork, Spanish moss
en: Stockholm syndrome, Swiss Army, Swiss chard, Swiss cheese, Swiss roll, Turks and Caicos, US Open, Vienna sausage, Vietnam veteran, Vietnam vet, Vietnam War, Vietnam-era, Voice of America, Welsh corgi, Welsh rarebit, West Indian
uk: американськ* гірки, американськ* футбол, Екваторіальна Гвінея, Індійськ* океан, Латинська Америка, Мексиканськ* затока, німецьк* вівчарка, Нова Англія, Нова Гвінея, Південна Америка, Північна Америка, Південний Судан, Центральна Америка, шведськ* стіл
ru: американск* горки, американск* футбол, Экваториальная Гвинея, Индийск* океан, Латинская Америка, Мексиканск* залив, немецк* овчарка, Новая Англия, Новая Гвинея, Северная Америка, Центральная Америка, шведск* стол, Южная Америка, Южный Судан
de: Europa League, Europa-Park, Golf von Mexiko, Neuengland, Papua-Neuguinea, Äquatorialguinea, russisch* Roulette, schwedische Gardinen, Schweizer Käse
fr: cochon d’Inde, casse-tête chinois, encre de Chine, football américain, golfe du Mexique, Guinée équatoriale, Indian Wells, latino-américain*, Ligue Europa, montagnes russes, nord-américain*, Nouveau-Mexique, Nouvelle-Angleterre, ombres chinoises, poupées russes, roulette russe, salade russe, sud-américain*, tête de Turc
es: cabeza de turco, conejillo de Indias, ensaladilla rusa, Europa League, golfo de México, Guinea Ecuatorial, Liga Europa, montaña rusa, Nueva Inglaterra, Nuevo México, Papúa Nueva Guinea, ruleta rusa, tinta china
`;

let byLanguage: ReadonlyMap<string, readonly string[]> | undefined;

/** Phrases of a language (ISO 639-1) in which names of countries and regions do not count. */
export function longerPlaceNames(language: string): readonly string[] {
  byLanguage ??= readTable();
  return byLanguage.get(language) ?? [];
}

function readTable(): Map<string, readonly string[]> {
  const phrases = new Map<string, readonly string[]>();
  for (const line of longerNames.trim().split('\n')) {
    const language = line.slice(0, 2);
    phrases.set(language, [...(phrases.get(language) ?? []), ...line.slice(4).split(', ')]);
  }
  return phrases;
}
