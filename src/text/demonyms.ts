/**
 * A table of demonyms and adjectives of countries, and of short names that lists of countries lack. In the syntax of editors'
 * phrases; a star where the language inflects.
 *
 * `code en | uk | ru | de | fr | es`, with commas between phrases.
 */
const demonymTable = `
AE Emirati, UAE | еміратськ*, ОАЕ | эмиратск*, ОАЭ | emiratisch* | émirien* | emiratí*
AF Afghan | афганськ*, афганц* | афганск*, афганц* | afghanisch*, Afghane, Afghanen | afghan, afghane | afgano, afgana
AL Albanian | албанськ* | албанск* | albanisch* | albanais* | albanés, albanesa
AM Armenian | вірменськ* | армянск* | armenisch* | arménien* | armenio, armenia
AO Angolan | ангольськ* | ангольск* | angolanisch* | angolais* | angoleño*
AR Argentine, Argentinian | аргентинськ* | аргентинск* | argentinisch* | argentin, argentine | argentino, argentina
AT Austrian | австрійськ* | австрийск* | österreichisch*, Österreicher | autrichien* | austríaco, austríaca
AU Australian | австралійськ* | австралийск* | australisch* | australien* | australiano, australiana
AZ Azerbaijani | азербайджанськ* | азербайджанск* | aserbaidschanisch* | azerbaïdjanais* | azerbaiyano, azerbaiyana
BA Bosnian | боснійськ* | боснийск* | bosnisch* | bosniaque, bosnien* | bosnio, bosnia
BD Bangladeshi | бангладеськ* | бангладешск* | bangladeschisch* | bangladais* | bangladesí*
BE Belgian | бельгійськ* | бельгийск* | belgisch*, Belgier | belge | belga
BF Burkinabe, Burkinabè | буркінійськ* | буркинийск* | burkinisch* | burkinabé, burkinabè | burkinés, burkinesa
BG Bulgarian | болгарськ* | болгарск* | bulgarisch* | bulgare | búlgaro, búlgara
BO Bolivian | болівійськ* | боливийск* | bolivianisch* | bolivien* | boliviano, boliviana
BR Brazilian | бразильськ* | бразильск* | brasilianisch*, Brasilianer | brésilien* | brasileño, brasileña
BY Belarusian, Belarussian | білоруськ*, білорус | белорусск*, белорус | belarussisch*, weißrussisch*, belarusisch* | biélorusse, bélarusse | bielorruso, bielorrusa
CA Canadian | канадськ* | канадск* | kanadisch*, Kanadier | canadien* | canadiense
CD Congolese, DRC, Democratic Republic of Congo | конголезьк* | конголезск* | kongolesisch* | congolais* | congoleño, congoleña
CH Swiss | швейцарськ* | швейцарск* | schweizerisch*, Schweizer | suisse | suizo, suiza
CL Chilean | чилійськ* | чилийск* | chilenisch*, Chilene | chilien* | chileno, chilena
CM Cameroonian | камерунськ* | камерунск* | kamerunisch* | camerounais* | camerunés, camerunesa
CN Chinese | китайськ*, китайц*, КНР | китайск*, китайц*, КНР | chinesisch*, Chinese, Chinesen | chinois* | chino, china
CO Colombian | колумбійськ* | колумбийск* | kolumbianisch* | colombien* | colombiano, colombiana
CU Cuban | кубинськ* | кубинск* | kubanisch* | cubain* | cubano, cubana
CY Cypriot | кіпрськ* | кипрск* | zyprisch*, zypriotisch* | chypriote | chipriota
CZ Czech | чеськ* | чешск* | tschechisch*, Tscheche | tchèque | checo, checa
DE German | німецьк*, німц* | немецк*, немц*, германск* | deutsch, deutsche, Deutsche, deutscher | allemand, allemande | alemán, alemana
DK Danish, Dane | данськ*, датськ* | датск* | dänisch* | danois* | danés, danesa
DZ Algerian | алжирськ* | алжирск* | algerisch* | algérien* | argelino, argelina
EC Ecuadorian, Ecuadorean | еквадорськ* | эквадорск* | ecuadorianisch* | équatorien* | ecuatoriano, ecuatoriana
EE Estonian | естонськ* | эстонск* | estnisch* | estonien* | estonio, estonia
EG Egyptian | єгипетськ*, єгиптян* | египетск*, египтян* | ägyptisch* | égyptien* | egipcio, egipcia
ES Spanish, Spaniard | іспанськ* | испанск* | spanisch*, Spanier | espagnol* | español, española
ET Ethiopian | ефіопськ* | эфиопск* | äthiopisch* | éthiopien* | etíope
FI Finnish, Finn | фінськ* | финск* | finnisch* | finlandais* | finlandés, finlandesa
FR French, Frenchman | французьк* | французск* | französisch*, Franzose, Franzosen | français, française | francés, francesa
GB British, Briton, UK | британськ* | британск* | britisch*, Brite, Briten | britannique | británico, británica
GE Georgian, Tbilisi | грузинськ* | грузинск* | georgisch* | géorgien* | georgiano, georgiana
GH Ghanaian | ганськ* | ганск* | ghanaisch* | ghanéen* | ghanés, ghanesa
GR Greek | грецьк* | греческ* | griechisch*, Grieche | grec, grecque | griego, griega
HR Croatian, Croat | хорватськ* | хорватск* | kroatisch* | croate | croata
HT Haitian | гаїтянськ* | гаитянск* | haitianisch* | haïtien* | haitiano, haitiana
HU Hungarian | угорськ* | венгерск* | ungarisch* | hongrois* | húngaro, húngara
ID Indonesian | індонезійськ* | индонезийск* | indonesisch* | indonésien* | indonesio, indonesia
IE Irish | ірландськ* | ирландск* | irisch*, Ire | irlandais* | irlandés, irlandesa
IL Israeli | ізраїльськ* | израильск* | israelisch* | israélien* | israelí*
IN Indian | індійськ* | индийск* | indisch*, Inder | indien* | indio, india
IQ Iraqi | іракськ* | иракск* | irakisch* | irakien* | iraquí*
IR Iranian | іранськ* | иранск* | iranisch* | iranien* | iraní*
IS Icelandic | ісландськ* | исландск* | isländisch* | islandais* | islandés, islandesa
IT Italian | італійськ* | итальянск* | italienisch*, Italiener | italien* | italiano, italiana
JM Jamaican | ямайськ* | ямайск* | jamaikanisch* | jamaïcain* | jamaicano, jamaicana
JO Jordanian, Amman | йорданськ* | иорданск* | jordanisch* | jordanien* | jordano, jordana
JP Japanese | японськ*, японц* | японск*, японц* | japanisch*, Japaner | japonais* | japonés, japonesa
KE Kenyan | кенійськ* | кенийск* | kenianisch* | kényan* | keniano, keniana
KG Kyrgyz | киргизьк* | киргизск*, кыргызск* | kirgisisch* | kirghize | kirguís
KH Cambodian | камбоджійськ* | камбоджийск* | kambodschanisch* | cambodgien* | camboyano, camboyana
KP North Korean, DPRK, Pyongyang | північнокорейськ*, Північна Корея, КНДР | северокорейск*, Северная Корея, КНДР | nordkoreanisch*, Nordkoreaner | nord-coréen*, Corée du Nord | norcoreano, norcoreana, Corea del Norte
KR South Korean | південнокорейськ*, Південна Корея | южнокорейск*, Южная Корея | südkoreanisch*, Südkoreaner | sud-coréen*, Corée du Sud | surcoreano, surcoreana, Corea del Sur
KZ Kazakh, Kazakhstani | казахськ*, казахстанськ* | казахск*, казахстанск* | kasachisch* | kazakh, kazakhe | kazajo, kazaja
LB Lebanese | ліванськ* | ливанск* | libanesisch* | libanais* | libanés, libanesa
LK Sri Lankan | шрі-ланкійськ* | шри-ланкийск* | sri-lankisch* | sri-lankais* | esrilanqués
LT Lithuanian | литовськ* | литовск* | litauisch* | lituanien* | lituano, lituana
LV Latvian | латвійськ*, латиськ* | латвийск*, латышск* | lettisch* | letton, lettone | letón, letona
LY Libyan | лівійськ* | ливийск* | libysch* | libyen* | libio, libia
MA Moroccan | марокканськ* | марокканск* | marokkanisch* | marocain* | marroquí*
MD Moldovan | молдовськ*, молдавськ* | молдавск* | moldauisch*, moldawisch* | moldave | moldavo, moldava
ME Montenegrin | чорногорськ* | черногорск* | montenegrinisch* | monténégrin* | montenegrino, montenegrina
ML Malian | малійськ* | малийск* | malisch* | malien* | maliense
MM Burmese, Burma | бірманськ* | бирманск* | birmanisch* | birman, birmane | birmano, birmana
MN Mongolian | монгольськ* | монгольск* | mongolisch* | mongol, mongole | mongol, mongola
MX Mexican | мексиканськ* | мексиканск* | mexikanisch*, Mexikaner | mexicain* | mexicano, mexicana
MY Malaysian | малайзійськ* | малайзийск* | malaysisch* | malaisien* | malasio, malasia
MZ Mozambican | мозамбіцьк* | мозамбикск* | mosambikanisch* | mozambicain* | mozambiqueño, mozambiqueña
NE Nigerien | нігерськ* | нигерск* | nigrisch* | nigérien* | nigerino, nigerina
NG Nigerian | нігерійськ* | нигерийск* | nigerianisch* | nigérian, nigériane | nigeriano, nigeriana
NL Dutch, Dutchman | нідерландськ*, голландськ* | нидерландск*, голландск* | niederländisch*, Niederländer | néerlandais* | neerlandés, neerlandesa
NO Norwegian | норвезьк* | норвежск* | norwegisch*, Norweger | norvégien* | noruego, noruega
NP Nepali, Nepalese | непальськ* | непальск* | nepalesisch* | népalais* | nepalí*
NZ New Zealander | новозеландськ* | новозеландск* | neuseeländisch* | néo-zélandais* | neozelandés, neozelandesa
OM Omani | оманськ* | оманск* | omanisch* | omanais* | omaní*
PE Peruvian | перуанськ* | перуанск* | peruanisch* | péruvien* | peruano, peruana
PH Philippine, Filipino, Filipina | філіппінськ* | филиппинск* | philippinisch*, Filipino | philippin, philippine | filipino, filipina
PK Pakistani | пакистанськ* | пакистанск* | pakistanisch* | pakistanais* | pakistaní*
PL Polish, Pole | польськ* | польск* | polnisch*, Pole, Polen | polonais* | polaco, polaca
PS Palestinian, Gaza | палестинськ* | палестинск* | palästinensisch*, Palästinenser | palestinien* | palestino, palestina
PT Portuguese | португальськ* | португальск* | portugiesisch* | portugais* | portugués, portuguesa
PY Paraguayan | парагвайськ* | парагвайск* | paraguayisch* | paraguayen* | paraguayo, paraguaya
QA Qatari | катарськ* | катарск* | katarisch* | qatari, qatarien* | catarí*
RO Romanian | румунськ* | румынск* | rumänisch* | roumain* | rumano, rumana
RS Serbian, Serb | сербськ*, серб | сербск*, серб | serbisch*, Serbe | serbe | serbio, serbia
RU Russian | російськ*, росіян*, РФ | российск*, россиян*, РФ | russisch*, Russe, Russen | russe | ruso, rusa
RW Rwandan | руандійськ* | руандийск* | ruandisch* | rwandais* | ruandés, ruandesa
SA Saudi, Saudi Arabian | саудівськ* | саудовск* | saudisch*, saudi-arabisch* | saoudien* | saudí, saudita
SD Sudanese | суданськ* | суданск* | sudanesisch* | soudanais* | sudanés, sudanesa
SE Swedish, Swede | шведськ* | шведск* | schwedisch*, Schwede | suédois* | sueco, sueca
SG Singaporean | сінгапурськ* | сингапурск* | singapurisch* | singapourien* | singapurense
SI Slovenian, Slovene | словенськ* | словенск* | slowenisch* | slovène | esloveno, eslovena
SK Slovak, Slovakian | словацьк* | словацк* | slowakisch* | slovaque | eslovaco, eslovaca
SN Senegalese | сенегальськ* | сенегальск* | senegalesisch* | sénégalais* | senegalés, senegalesa
SO Somali | сомалійськ* | сомалийск* | somalisch* | somalien* | somalí*
SS South Sudanese | південносуданськ* | южносуданск* | südsudanesisch* | sud-soudanais* | sursudanés, sursudanesa
SV Salvadoran, Salvadorean | сальвадорськ* | сальвадорск* | salvadorianisch* | salvadorien* | salvadoreño, salvadoreña
SY Syrian | сирійськ* | сирийск* | syrisch*, Syrer | syrien* | sirio, siria
TD Chadian | чадськ* | чадск* | tschadisch* | tchadien* | chadiano, chadiana
TH Thai | тайськ*, таїландськ* | тайск*, таиландск* | thailändisch* | thaïlandais* | tailandés, tailandesa
TJ Tajik | таджицьк* | таджикск* | tadschikisch* | tadjik, tadjike | tayiko, tayika
TM Turkmen | туркменськ* | туркменск* | turkmenisch* | turkmène | turkmeno, turkmena
TN Tunisian | туніськ* | тунисск* | tunesisch* | tunisien* | tunecino, tunecina
TR Turkish, Turk | турецьк* | турецк* | türkisch*, Türke | turc, turque | turco, turca
TW Taiwanese | тайванськ* | тайваньск* | taiwanisch*, taiwanesisch* | taïwanais* | taiwanés, taiwanesa
TZ Tanzanian | танзанійськ* | танзанийск* | tansanisch* | tanzanien* | tanzano, tanzana
UA Ukrainian | українськ*, українц*, українець | украинск*, украинц*, украинец | ukrainisch*, Ukrainer | ukrainien* | ucraniano, ucraniana
UG Ugandan | угандійськ* | угандийск* | ugandisch* | ougandais* | ugandés, ugandesa
US American | американськ* | американск* | amerikanisch*, US-amerikanisch* | américain* | estadounidense
UY Uruguayan | уругвайськ* | уругвайск* | uruguayisch* | uruguayen* | uruguayo, uruguaya
UZ Uzbek | узбецьк* | узбекск* | usbekisch* | ouzbek, ouzbèke | uzbeko, uzbeka
VE Venezuelan | венесуельськ* | венесуэльск* | venezolanisch* | vénézuélien* | venezolano, venezolana
VN Vietnamese | в’єтнамськ* | вьетнамск* | vietnamesisch* | vietnamien* | vietnamita
XK Kosovar, Kosovan, Kosovo | косовськ*, Косово | косовск*, Косово | kosovarisch*, Kosovo | kosovar, Kosovo | kosovar, Kosovo
YE Yemeni, Houthi | єменськ* | йеменск* | jemenitisch* | yéménite | yemení*
ZA South African | південноафриканськ* | южноафриканск* | südafrikanisch* | sud-africain* | sudafricano, sudafricana
ZM Zambian | замбійськ* | замбийск* | sambisch* | zambien* | zambiano, zambiana
ZW Zimbabwean | зімбабвійськ* | зимбабвийск* | simbabwisch* | zimbabwéen* | zimbabuense
`;

/** Short names in other languages, where lists of countries have only long or official ones. `code language: names | …` */
const shortNames = `
CN ja: 中国 | zh: 中国, 中國
GB ja: 英国 | zh: 英國
IR ja: イラン
KP ja: 北朝鮮 | zh: 北韓, 北韩, 北朝鮮
KR ja: 韓国 | zh: 韓國, 南韓 | ko: 한국
LA ja: ラオス | ko: 라오스
RU ja: ロシア | zh: 俄羅斯, 俄国 | ko: 러시아
SY ja: シリア
TW ja: 台湾 | zh: 台湾, 台灣, 臺灣 | ko: 대만
UA zh: 烏克蘭
US ja: 米国, アメリカ | zh: 美國
VE ja: ベネズエラ
`;

/** Languages of the columns of `demonymTable`. */
const columns = ['en', 'uk', 'ru', 'de', 'fr', 'es'] as const;

interface Demonym {
  readonly phrase: string;
  readonly language: string;
}

let rows: ReadonlyMap<string, readonly Demonym[]> | undefined;

/** Demonyms, adjectives and short names of a country (ISO 3166-1 alpha-2, upper case); empty where the tables have none. */
export function demonymsOf(code: string): readonly Demonym[] {
  rows ??= readTables();
  return rows.get(code) ?? [];
}

function readTables(): Map<string, Demonym[]> {
  const all = new Map<string, Demonym[]>();
  const add = (code: string, language: string, phrases: string) => {
    const list = all.get(code) ?? [];
    all.set(code, list);
    for (const phrase of phrases.split(',')) list.push({ phrase: phrase.trim(), language: language.trim() });
  };
  for (const line of demonymTable.trim().split('\n')) {
    line
      .slice(3)
      .split('|')
      .forEach((phrases, column) => {
        add(line.slice(0, 2), columns[column]!, phrases);
      });
  }
  for (const line of shortNames.trim().split('\n')) {
    for (const cell of line.slice(3).split('|')) add(line.slice(0, 2), ...(cell.split(':') as [string, string]));
  }
  return all;
}
