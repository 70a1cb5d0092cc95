/**
 * Demonyms and adjectives of countries, and names of their parts, in six languages. In the syntax of
 * editors' phrases; a star where the language inflects.
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
BH Bahraini | бахрейнськ* | бахрейнск* | bahrainisch* | bahreïni* | bareiní*
BI Burundian | бурундійськ* | бурундийск* | burundisch* | burundais* | burundés, burundesa
BJ Beninese | бенінськ* | бенинск* | beninisch* | béninois* | beninés, beninesa
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
CR Costa Rican | костариканськ* | костариканск* | costa-ricanisch* | costaricien* | costarricense
CU Cuban | кубинськ* | кубинск* | kubanisch* | cubain* | cubano, cubana
CY Cypriot | кіпрськ* | кипрск* | zyprisch*, zypriotisch* | chypriote | chipriota
CZ Czech | чеськ* | чешск* | tschechisch*, Tscheche | tchèque | checo, checa
DE German | німецьк*, німц* | немецк*, немц*, германск* | deutsch, deutsche, Deutsche, deutscher | allemand, allemande | alemán, alemana
DK Danish, =Danes | данськ*, датськ* | датск* | dänisch* | danois* | danés, danesa
DO Dominican Republic | домініканськ* | доминиканск* | dominikanisch* | République dominicaine | República Dominicana
DZ Algerian | алжирськ* | алжирск* | algerisch* | algérien* | argelino, argelina
EC Ecuadorian, Ecuadorean | еквадорськ* | эквадорск* | ecuadorianisch* | équatorien* | ecuatoriano, ecuatoriana
EE Estonian | естонськ* | эстонск* | estnisch* | estonien* | estonio, estonia
EG Egyptian | єгипетськ*, єгиптян* | египетск*, египтян* | ägyptisch* | égyptien* | egipcio, egipcia
ER Eritrean | еритрейськ* | эритрейск* | eritreisch* | érythréen* | eritreo, eritrea
ES Spanish, Spaniard | іспанськ* | испанск* | spanisch*, Spanier | espagnol* | español, española
ET Ethiopian | ефіопськ* | эфиопск* | äthiopisch* | éthiopien* | etíope
FI Finnish, =Finns | фінськ* | финск* | finnisch* | finlandais* | finlandés, finlandesa
FJ Fijian | фіджійськ* | фиджийск* | fidschianisch* | fidjien* | fiyiano, fiyiana
FR French, Frenchman | французьк* | французск* | französisch*, Franzose, Franzosen | français, française | francés, francesa
GB British, Briton, UK, England, Scotland, Wales, Northern Ireland, Scottish, Welsh, Northern Irish, Englishman, Englishmen | британськ*, Англія, англійськ*, Шотландія, шотландськ*, Уельс | британск*, Англия, английск*, Шотландия, шотландск*, Уэльс | britisch*, Brite, Briten, England, Schottland, schottisch*, Wales, Nordirland | britannique, Angleterre, Écosse, écossais*, Pays de Galles, Irlande du Nord | británico, británica, Inglaterra, Escocia, escocés, escocesa, Gales, Irlanda del Norte
GE Georgian, Tbilisi | грузинськ* | грузинск* | georgisch* | géorgien* | georgiano, georgiana
GH Ghanaian | ганськ* | ганск* | ghanaisch* | ghanéen* | ghanés, ghanesa
GM Gambian | гамбійськ* | гамбийск* | gambisch* | gambien* | gambiano, gambiana
GN Guinean | гвінейськ* | гвинейск* | guineisch* | guinéen* | guineano, guineana
GR Greek | грецьк* | греческ* | griechisch*, Grieche | grec, grecque | griego, griega
GT Guatemalan | гватемальськ* | гватемальск* | guatemaltekisch* | guatémaltèque | guatemalteco, guatemalteca
HN Honduran | гондураськ* | гондурасск* | honduranisch* | hondurien* | hondureño, hondureña
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
KW Kuwaiti | кувейтськ* | кувейтск* | kuwaitisch* | koweïtien* | kuwaití*
KZ Kazakh, Kazakhstani | казахськ*, казахстанськ* | казахск*, казахстанск* | kasachisch* | kazakh, kazakhe | kazajo, kazaja
LA Laotian | лаоськ* | лаосск* | laotisch* | laotien* | laosiano, laosiana
LB Lebanese | ліванськ* | ливанск* | libanesisch* | libanais* | libanés, libanesa
LK Sri Lankan | шрі-ланкійськ* | шри-ланкийск* | sri-lankisch* | sri-lankais* | esrilanqués
LR Liberian | ліберійськ* | либерийск* | liberianisch* | libérien* | liberiano, liberiana
LT Lithuanian | литовськ* | литовск* | litauisch* | lituanien* | lituano, lituana
LU Luxembourger | люксембурзьк* | люксембургск* | luxemburgisch* | luxembourgeois* | luxemburgués, luxemburguesa
LV Latvian | латвійськ*, латиськ* | латвийск*, латышск* | lettisch* | letton, lettone | letón, letona
LY Libyan | лівійськ* | ливийск* | libysch* | libyen* | libio, libia
MA Moroccan | марокканськ* | марокканск* | marokkanisch* | marocain* | marroquí*
MD Moldovan | молдовськ*, молдавськ* | молдавск* | moldauisch*, moldawisch* | moldave | moldavo, moldava
ME Montenegrin | чорногорськ* | черногорск* | montenegrinisch* | monténégrin* | montenegrino, montenegrina
MG Malagasy | малагасійськ* | малагасийск* | madagassisch* | malgache | malgache
MK Macedonian | македонськ* | македонск* | mazedonisch*, nordmazedonisch* | macédonien* | macedonio, macedonia
ML Malian | малійськ* | малийск* | malisch* | malien* | maliense
MM Burmese, Burma | бірманськ* | бирманск* | birmanisch* | birman, birmane | birmano, birmana
MN Mongolian | монгольськ* | монгольск* | mongolisch* | mongol, mongole | mongol, mongola
MT Maltese | мальтійськ* | мальтийск* | maltesisch* | maltais* | maltés, maltesa
MV Maldivian | мальдівськ* | мальдивск* | maledivisch* | maldivien* | maldivo, maldiva
MX Mexican | мексиканськ* | мексиканск* | mexikanisch*, Mexikaner | mexicain* | mexicano, mexicana
MY Malaysian | малайзійськ* | малайзийск* | malaysisch* | malaisien* | malasio, malasia
MZ Mozambican | мозамбіцьк* | мозамбикск* | mosambikanisch* | mozambicain* | mozambiqueño, mozambiqueña
NE Nigerien | нігерськ* | нигерск* | nigrisch* | nigérien* | nigerino, nigerina
NG Nigerian | нігерійськ* | нигерийск* | nigerianisch* | nigérian, nigériane | nigeriano, nigeriana
NI Nicaraguan | нікарагуанськ* | никарагуанск* | nicaraguanisch* | nicaraguayen* | nicaragüense
NL Dutch, Dutchman | нідерландськ*, голландськ* | нидерландск*, голландск* | niederländisch*, Niederländer | néerlandais* | neerlandés, neerlandesa
NO Norwegian | норвезьк* | норвежск* | norwegisch*, Norweger | norvégien* | noruego, noruega
NP Nepali, Nepalese | непальськ* | непальск* | nepalesisch* | népalais* | nepalí*
NZ New Zealander | новозеландськ* | новозеландск* | neuseeländisch* | néo-zélandais* | neozelandés, neozelandesa
OM Omani | оманськ* | оманск* | omanisch* | omanais* | omaní*
PA Panamanian | панамськ* | панамск* | panamaisch* | panaméen* | panameño, panameña
PE Peruvian | перуанськ* | перуанск* | peruanisch* | péruvien* | peruano, peruana
PH Philippine, Filipino, Filipina | філіппінськ* | филиппинск* | philippinisch*, Filipino | philippin, philippine | filipino, filipina
PK Pakistani | пакистанськ* | пакистанск* | pakistanisch* | pakistanais* | pakistaní*
PL Polish, =Poles | польськ* | польск* | polnisch*, Polen | polonais* | polaco, polaca
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
SE Swedish, =Swedes | шведськ* | шведск* | schwedisch*, Schwede | suédois* | sueco, sueca
SG Singaporean | сінгапурськ* | сингапурск* | singapurisch* | singapourien* | singapurense
SI Slovenian, Slovene | словенськ* | словенск* | slowenisch* | slovène | esloveno, eslovena
SK Slovak, Slovakian | словацьк* | словацк* | slowakisch* | slovaque | eslovaco, eslovaca
SL Sierra Leonean | сьєрра-леонськ* | сьерра-леонск* | sierra-leonisch* | sierra-léonais* | sierraleonés, sierraleonesa
SN Senegalese | сенегальськ* | сенегальск* | senegalesisch* | sénégalais* | senegalés, senegalesa
SO Somali | сомалійськ* | сомалийск* | somalisch* | somalien* | somalí*
SS South Sudanese | південносуданськ* | южносуданск* | südsudanesisch* | sud-soudanais* | sursudanés, sursudanesa
SV Salvadoran, Salvadorean | сальвадорськ* | сальвадорск* | salvadorianisch* | salvadorien* | salvadoreño, salvadoreña
SY Syrian | сирійськ* | сирийск* | syrisch*, Syrer | syrien* | sirio, siria
TD Chadian | чадськ* | чадск* | tschadisch* | tchadien* | chadiano, chadiana
TG Togolese | тоголезьк* | тоголезск* | togoisch* | togolais* | togolés, togolesa
TH Thai | тайськ*, таїландськ* | тайск*, таиландск* | thailändisch* | thaïlandais* | tailandés, tailandesa
TJ Tajik | таджицьк* | таджикск* | tadschikisch* | tadjik, tadjike | tayiko, tayika
TM Turkmen | туркменськ* | туркменск* | turkmenisch* | turkmène | turkmeno, turkmena
TN Tunisian | туніськ* | тунисск* | tunesisch* | tunisien* | tunecino, tunecina
TR Turkish, =Turks | турецьк* | турецк* | türkisch*, Türke | turc, turque | turco, turca
TW Taiwanese | тайванськ* | тайваньск* | taiwanisch*, taiwanesisch* | taïwanais* | taiwanés, taiwanesa
TZ Tanzanian | танзанійськ* | танзанийск* | tansanisch* | tanzanien* | tanzano, tanzana
UA Ukrainian | українськ*, українц*, українець | украинск*, украинц*, украинец | ukrainisch*, Ukrainer | ukrainien* | ucraniano, ucraniana
UG Ugandan | угандійськ* | угандийск* | ugandisch* | ougandais* | ugandés, ugandesa
US American, African American, America | американськ* | американск*, Америка | amerikanisch*, US-amerikanisch* | américain* | estadounidense, EE. UU., EEUU
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

/** Languages of the columns of `demonymTable`. */
const columns = ['en', 'uk', 'ru', 'de', 'fr', 'es'] as const;

export interface CountryWord {
  readonly phrase: string;
  readonly language: string;
}

let rows: ReadonlyMap<string, readonly CountryWord[]> | undefined;

/** Demonyms and adjectives of a country (ISO 3166-1 alpha-2, upper case); empty where the table has none. */
export function demonymsOf(code: string): readonly CountryWord[] {
  rows ??= countryWordsIn(demonymTable);
  return rows.get(code) ?? [];
}

/** Reads a table of words by country: `code en | uk | ru | de | fr | es`, a line each. */
export function countryWordsIn(table: string): ReadonlyMap<string, readonly CountryWord[]> {
  const all = new Map<string, CountryWord[]>();
  for (const line of table.trim().split('\n')) {
    const words = line
      .slice(3)
      .split('|')
      .flatMap((phrases, column) =>
        phrases.split(',').map((phrase) => ({ phrase: phrase.trim(), language: columns[column]! })),
      );
    all.set(line.slice(0, 2), words);
  }
  return all;
}
