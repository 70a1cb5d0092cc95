/** Short names of countries, where lists of countries have only long, official or older ones. */

/** `code language: names | …`, in the syntax of editors' phrases; checked against the names in Unicode CLDR. */
const shortNames = `
AE ko: 아랍에미리트 | ta: ஐக்கிய அரபு அமீரகம்
AF bn: আফগান | hi: अफ़गानिस्तान, अफगानिस्तान, अफ़ग़ानिस्तान | id: Afganistan | ta: ஆஃப்கானிஸ்தான் | ur: افغان
AL ur: البانیہ
AM hi: आर्मेनिया | pt: Armênia | ta: அர்மேனியா
AO el: Αγκόλα | mr: अंगोला
AR hi: अर्जेंटीना | ml: അർജന്റീന | mr: अर्जेंटिना
AT hi: ऑस्ट्रिया | vi: Áo
AU hi: ऑस्ट्रेलिया | ko: 오스트레일리아
AZ hi: अज़रबैजान | sw: Azerbaijani | ur: آذربائیجان
BA hi: बोस्निया और हर्ज़ेगोविना | mr: बोस्निया अणि हर्जेगोविना | pt: Bósnia e Herzegovina | sw: Bosnia na Hezegovina | ur: بوسنیا اور ہرزیگووینا
BD es: Bangladés | hi: बांग्लादेशी | mr: बांगलादेश | ur: بنگلہ دیشی
BF bn: বুরকিনা ফাসো | hi: बुर्किना फ़ासो | ml: ബർക്കിന ഫാസോ | pt: Burquina Faso | sw: Bukinafaso
BG hi: बुल्गारिया
BH bn: বাহারিন | es: Baréin | it: Bahrein | pt: Barein | sw: Bahareni
BI el: Μπουρούντι
BJ es: Benín | hi: बेनिन | pt: Benin | sw: Benin
BO bn: বলিভিয়া | hi: बोलीविया | nl: Bolivia
BR hi: ब्राज़ील | mr: ब्राझिल
BT bn: ভুটান
BW de: Botsuana | es: Botsuana | he: בוטסואנה | hi: बोत्स्वाना | mr: बोट्सवाना | ur: بوتسوانا
BY ar: بيلاروس | da: Belarus | hi: बेलारूस | hu: Belarusz | id: Belarus | nb: Belarus | nl: Belarus | sw: Belarus | ta: பெலாரஸ் | tr: Belarus
CA sw: Kanada
CF he: הרפובליקה המרכז-אפריקאית | hi: मध्य अफ़्रीकी गणराज्य | mr: केंद्रीय अफ्रिकी प्रजासत्ताक | ru: Центрально-Африканская Республика | ur: وسط افریقی جمہوریہ
CH hi: स्विट्ज़रलैंड | ur: سوئٹزر لینڈ
CI bn: কোট ডি‘আইভোর | de: Côte d'Ivoire | es: Côte d'Ivoire | hi: कोत दिवुआर | id: Côte d'Ivoire | mr: कोत द'ईवोआर | sw: Cote d'Ivoire | tr: Côte d'Ivoire | ur: کوٹ ڈی آئیوری
CL id: Cile
CM mr: कॅमेरून
CN bn: চীন, চীনা | id: Tiongkok | ja: 中国 | ru: Китай | tr: Çin | ur: چینی | vi: Trung Quốc | zh: 中国, 中國
CO mr: कोलम्बिया
CR bn: কোস্টারিকা | hi: कोस्टारिका | mr: कोस्टा रिका | sw: Kostarika
CU sw: Kuba
CY ko: 키프로스 | sw: Saiprasi | tr: Kıbrıs | vi: Síp
CZ ar: التشيك | bn: চেকিয়া | cs: Česko | es: Chequia | fa: چک | fr: Tchéquie | id: Ceko | it: Cechia | ko: 체코 | ml: ചെക്കിയ | mr: झेकिया | sw: Chechia | ta: செசியா | tr: Çekya | ur: چیکیا | vi: Séc
DE bn: জার্মান | hi: जर्मन | ml: ജർമ്മനി
DJ hi: जिबूती | id: Jibuti | ml: ജിബൂത്തി | mr: जिबौटी | pt: Djibuti | sw: Jibuti
DK ar: الدانمرك | hi: डेनमार्क | sw: Denmaki
DO bn: ডোমেনিকান প্রজাতন্ত্র | hi: डोमिनिकन गणराज्य | mr: डोमिनिकन प्रजासत्ताक | ur: جمہوریہ ڈومينيکن
DZ id: Aljazair | mr: अल्जीरिया | sw: Aljeria | ur: الجیریا
EC el: Ισημερινός | mr: इक्वाडोर | sw: Ecuador
EE hi: एस्टोनिया | pt: Estônia | ur: اسٹونیا
ER hi: इरिट्रिया | ko: 에리트리아 | mr: एरिट्रिया | ur: اریٹیریا
ES ur: ہسپانیہ
ET id: Etiopia | ko: 에티오피아 | ta: எத்தியோப்பியா
FI hi: फ़िनलैंड
FJ el: Φίτζι | es: Fiyi | hi: फ़िजी | hu: Fidzsi
FR bn: ফরাসি | hi: फ़्रांस, फ्रांस | id: Prancis
GA bn: গ্যাবন | hi: गैबॉन | ur: گیبون
GB ar: بريطانيا | bn: যুক্তরাজ্য, ব্রিটেন, ব্রিটিশ | el: Βρετανία, Ηνωμένο Βασίλειο | fa: انگلیس | fi: Iso-Britannia | he: בריטניה | hi: यूनाइटेड किंगडम, ब्रिटेन, ब्रिटिश | id: Inggris Raya, Inggris | it: Gran Bretagna, Inghilterra | ja: 英国 | ko: 영국 | ml: യുണൈറ്റഡ് കിംഗ്ഡം | mr: युनायटेड किंगडम | nl: Groot-Brittannië, Engeland | pt: Inglaterra, Grã-Bretanha | sw: Ufalme wa Muungano | ta: யுனைடெட் கிங்டம், பிரிட்டன் | tr: İngiltere, Britanya | uk: Велика Британія | ur: سلطنت متحدہ, برطانوی | vi: Anh quốc | zh: 英國
GE ko: 조지아 | sw: Jojia
GM mr: गाम्बिया
GN nl: Guinee
GQ bn: নিরক্ষীয় গিনি | hi: इक्वेटोरियल गिनी | id: Guinea Ekuatorial | ta: ஈக்வடோரியல் கினியா | ur: استوائی گیانا | vi: Guinea Xích Đạo
GR bn: গ্রীস
GT id: Guatemala | ur: گواٹے مالا
GY bn: গিয়ানা | hi: गुयाना | ur: گیانا
HK he: הונג קונג | hi: हाँग काँग
HN hi: होंडूरास | ur: ہونڈاروس
HR sw: Croatia | ta: குரோஷியா
HT el: Αϊτή | ta: ஹைட்டி
HU ar: هنغاريا | sw: Hungaria
ID ta: இந்தோனேசியா
IE bn: আয়ারল্যান্ড | ml: അയർലൻഡ് | sw: Ayalandi | ur: آئرلینڈ
IL bn: ইজরায়েল, ইসরায়েল, ইসরাইল, ইসরায়েলি | hi: इज़राइल, इजरायल, इजराइली, इसराइल | mr: इस्त्राइल | ur: اسرائیلی
IN bn: ভারতীয় | fa: هند | hi: भारतीय, इंडिया | ur: بھارت, بھارتی
IQ es: Irak | sw: Iraki
IR bn: ইরানি | hi: ईरानी | ja: イラン | pt: Irã | ur: ایران, ایرانی | vi: Iran
IS sw: Aisilandi
IT vi: Italy
JM sw: Jamaika | ta: ஜமைக்கா | ur: جمائیکا
JO bn: জর্ডন | sw: Jordan
JP bn: জাপানি | hi: जापानी | mr: जपान | ur: جاپانی
KE pt: Quênia
KG bn: কিরগিজিস্তান | el: Κιργιστάν | fr: Kirghizstan | hi: किर्गिज़स्तान | id: Kirgizstan | ko: 키르기스스탄 | mr: किरगिझस्तान | sw: Kirigizistani
KH sw: Kambodia
KP bn: উত্তর কোরিয়া | fi: Pohjois-Korea | hi: उत्तर कोरिया | ja: 北朝鮮 | sw: Korea Kaskazini | zh: 北韓, 北韩, 北朝鮮
KR bn: দক্ষিণ কোরিয়া | fi: Etelä-Korea | hi: दक्षिण कोरिया | ja: 韓国 | ko: 한국 | sw: Korea Kusini | zh: 韓國, 南韓
KW pt: Kuwait | vi: Kuwait
KZ da: Kasakhstan | hi: कज़ाखस्तान | sw: Kazakistani | ur: قزاخستان
LA bn: লাওস | en: Laos | es: Laos | ja: ラオス | ko: 라오스 | ur: لاؤس | vi: Lào
LB vi: Li-băng
LK cs: Srí Lanka | hi: श्रीलंका | hu: Srí Lanka | uk: Шрі-Ланка
LR fr: Liberia
LS sw: Lesoto | tr: Lesotho
LT id: Lituania | ur: لیتھونیا | vi: Litva
LU bn: লাক্সেমবার্গ | hi: लग्ज़मबर्ग | id: Luksemburg | nb: Luxemburg | sw: Luxembourg
LV bn: লাটভিয়া | hi: लातविया | mr: लाटव्हिया | pt: Letônia | ur: لٹویا
MA bn: মরক্কো | id: Maroko | sw: Morocco
MD bn: মলডোভা | de: Republik Moldau | en: Moldova | hi: मॉल्डोवा | mr: मोल्डोव्हा | ru: Молдова | ur: مالدووا | vi: Moldova
ME mr: मोंटेनेग्रो | ur: مونٹے نیگرو
MG hi: मेडागास्कर | pt: Madagascar
MK bn: উত্তর ম্যাসেডোনিয়া | fa: مقدونیهٔ شمالی | pt: Macedônia do Norte | sw: Masedonia ya Kaskazini
ML el: Μάλι | es: Mali
MM ar: ميانمار | da: Myanmar | fa: میانمار | he: מיאנמר | hi: म्यांमार | it: Myanmar | ml: മ്യാൻമാർ | nb: Myanmar | pt: Mianmar | ta: மியான்மர் | tr: Myanmar
MR bn: মরিতানিয়া | hi: मॉरिटानिया | sw: Moritania
MU hi: मॉरीशस | pt: Maurício | sw: Morisi
MV el: Μαλδίβες | id: Maladewa | sw: Maldivi
MW ar: ملاوي | hi: मलावी | pt: Malaui | ta: மலாவி
MX hi: मैक्सिको | sw: Meksiko
MY hi: मलेशिया | it: Malaysia | sw: Malesia | ta: மலேசியா | ur: ملائشیا | vi: Malaysia
MZ hi: मोज़ांबिक | mr: मोझाम्बिक
NE mr: नाइजर
NG fr: Nigeria
NI sw: Nikaragwa | ur: نکاراگووا
NL da: Nederlandene | el: Κάτω Χώρες | hi: नीदरलैंड | mr: नेदरलँड | ur: نیدر لینڈز
NP hi: नेपाली
NZ hi: न्यूज़ीलैंड | ml: ന്യൂസിലൻഡ് | sw: Nyuzilandi
OM ar: عُمان
PA it: Panama | ur: پانامہ
PG bn: পাপুয়া নিউ গিনি | es: Papúa Nueva Guinea | ko: 파푸아뉴기니 | sw: Papua New Guinea | ta: பப்புவா நியூ கினியா | ur: پاپوآ نیو گنی
PH hi: फ़िलिपींस | ml: ഫിലിപ്പീൻസ് | mr: फिलिपिन्स
PK hi: पाकिस्तानी | ur: پاکستانی
PL ko: 폴란드 | pt: Polônia
PR hi: पोर्टो रिको | it: Portorico | ml: പോർട്ടോ റിക്കോ | mr: प्युएर्तो रिको | sw: Puerto Rico | ur: پیورٹو ریکو
PS ar: غزة, فلسطيني | bn: প্যালেস্টাইন ভূখণ্ড, ফিলিস্তিন, গাজা | fa: فلسطین, غزه | he: עזה | hi: फ़िलिस्तीनी क्षेत्र, फिलिस्तीन, गाज़ा, गाजा | id: Gaza | it: Palestina, Gaza | ko: 가자지구 | mr: पॅलेस्टिनियन प्रदेश | nl: Gaza | pl: Gaza, Strefa Gazy | pt: Palestina, Gaza | tr: Gazze, Filistin | ur: فلسطینی, غزہ | vi: Lãnh thổ Palestine, Gaza, Palestine
PT ko: 포르투갈
PY mr: पराग्वे | sw: Paraguay
QA hi: क़तर | pt: Catar
RO pt: Romênia | vi: Romania
RU bn: রুশ | hi: रूसी | ja: ロシア | ko: 러시아 | tr: Rus | ur: روسی | vi: Nga | zh: 俄羅斯, 俄国
RW ta: ருவாண்டா
SA bn: সৌদি | hi: सऊदी | hu: Szaúd-Arábia | mr: सौदी अरब | nl: Saoedi-Arabië | sw: Saudia | ta: சவுதி அரேபியா | ur: سعودی | vi: Ả Rập Xê-út
SE id: Swedia
SG ml: സിംഗപ്പൂർ | uk: Сінгапур
SI bn: স্লোভানিয়া | hi: स्लोवेनिया | pt: Eslovênia
SK ur: سلوواکیہ
SL he: סיירה לאון | hi: सिएरा लियोन | ko: 시에라리온 | sw: Siera Leoni | ta: சியாரா லியோன் | ur: سیرالیون
SN ur: سینیگل
SR es: Surinam | he: סורינאם | ml: സുരിനാം
SS it: Sud Sudan
SV bn: এল সালভেদর | mr: अल साल्वाडोर
SY bn: সিরিয়া | de: Syrien | en: Syria | fa: سوریه | ja: シリア | vi: Syria
TD el: Τσαντ
TG el: Τόγκο
TH sw: Tailandi
TJ hi: ताजिकिस्तान | pt: Tadjiquistão | ta: தஜிகிஸ்தான்
TM ko: 투르크메니스탄 | pt: Turcomenistão | ru: Туркменистан | uk: Туркменістан | ur: ترکمانستان
TN he: תוניסיה | ko: 튀니지 | mr: ट्यूनिशिया | ur: تونس
TR hi: तुर्किये | ko: 튀르키예 | mr: तुर्किये
TW bn: তাইওয়ান | da: Taiwan | el: Ταϊβάν | ja: 台湾 | ko: 대만 | uk: Тайвань | zh: 台湾, 台灣, 臺灣
TZ ar: تنزانيا | bn: তাঞ্জানিয়া | fr: Tanzanie | hi: तंज़ानिया | sw: Tanzania | vi: Tanzania
UA el: Ουκρανία | hi: यूक्रेन | ko: 우크라이나 | vi: Ukraina | zh: 烏克蘭
UG hi: युगांडा
US ar: أمريكا, أميركا, أميركي, أمريكي | bn: যুক্তরাষ্ট্র, মার্কিন, আমেরিকা | cs: Spojené státy | el: Ηνωμένες Πολιτείες, ΗΠΑ | fa: آمریکا, امریکا | fr: États-Unis, USA | he: ארה"ב | hi: संयुक्त राज्य, अमेरिका, अमेरिकी, अमरीका | hu: Egyesült Államok | id: AS | it: Stati Uniti, USA | ja: 米国, アメリカ | ko: 미국 | ml: അമേരിക്ക, യുഎസ് | mr: युनायटेड स्टेट्स, अमेरिका | nl: Verenigde Staten, VS | pt: EUA | ru: Соединенные Штаты | sw: Marekani | ta: அமெரிக்கா, அமெரிக்க | tr: ABD | uk: Сполучені Штати | ur: امریکہ, امریکا, امریکی | vi: Hoa Kỳ, Mỹ | zh: 美國
UY ar: أورغواي | hi: उरूग्वे | ur: یوروگوئے
UZ hi: उज़्बेकिस्तान | sw: Uzibekistani
VA en: Vatican City | es: Ciudad del Vaticano | fi: Vatikaani | fr: État de la Cité du Vatican | pt: Cidade do Vaticano | sw: Mji wa Vatican | ur: ویٹیکن سٹی | vi: Thành Vatican
VE bn: ভেনেজুয়েলা | hi: वेनेज़ुएला | ja: ベネズエラ | ur: وینزوئیلا
VN bn: ভিয়েতনাম | fr: Viêt Nam | hi: वियतनाम | hu: Vietnám | id: Vietnam | pt: Vietnã | ur: ویتنام
YE mr: येमेन | pt: Iêmen
ZA hi: दक्षिण अफ़्रीका | ru: Южно-Африканская Республика | sw: Afrika Kusini | uk: Південно-Африканська Республіка
ZM hi: ज़ाम्बिया | mr: झाम्बिया
ZW bn: জিম্বাবোয়ে | hi: ज़िम्बाब्वे | ko: 짐바브웨
`;

let byCountry: ReadonlyMap<string, readonly ShortName[]> | undefined;

interface ShortName {
  readonly phrase: string;
  readonly language: string;
}

/** The short names of a country (ISO 3166-1 alpha-2, upper case); empty where none is missing from the lists. */
export function shortNamesOf(code: string): readonly ShortName[] {
  byCountry ??= new Map(
    shortNames
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, 2), line.slice(3).split(' | ').flatMap(namesInCell)]),
  );
  return byCountry.get(code) ?? [];
}

function namesInCell(cell: string): ShortName[] {
  const [language, names] = cell.split(': ');
  return names!.split(', ').map((phrase) => ({ phrase, language: language! }));
}
