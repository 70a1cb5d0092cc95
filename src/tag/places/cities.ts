/** Cities that stand for their country, and others of its names that are no demonyms. */
import { type CountryWord, countryWordsIn } from '../../text/demonyms.js';

/**
 * Capitals and other large cities whose names are no other word or name in any of these languages (not Nice, Reading or Paris).
 * `code en | uk | ru | de | fr | es`.
 */
const cityTable = `
AE Abu Dhabi, Dubai | Абу-Дабі, Дубай | Абу-Даби, Дубай | Abu Dhabi, Dubai | Abou Dhabi, Dubaï | Abu Dabi, Dubái
AF Kabul, Kandahar, Taliban | Кабул, талібан* | Кабул, талибан* | Kabul, Taliban | Kaboul, talibans | Kabul, talibanes
AM Yerevan | Єреван | Ереван | Eriwan | Erevan | Ereván
AR Buenos Aires | Буенос-Айрес | Буэнос-Айрес | Buenos Aires | Buenos Aires | Buenos Aires
AT Vienna | Відень | Вена | Wien | Vienne | Viena
AU Canberra | Канберра | Канберра | Canberra | Canberra | Canberra
AZ Baku | Баку | Баку | Baku | Bakou | Bakú
BA Sarajevo | Сараєво | Сараево | Sarajevo | Sarajevo | Sarajevo
BD Dhaka | Дакка | Дакка | Dhaka | Dacca | Daca
BE Brussels | Брюссель | Брюссель | Brüssel | Bruxelles | Bruselas
BR Brasilia, Rio de Janeiro, São Paulo | Бразиліа, Ріо-де-Жанейро, Сан-Паулу | Рио-де-Жанейро, Сан-Паулу | Rio de Janeiro, São Paulo | Rio de Janeiro, São Paulo | Río de Janeiro, São Paulo
BY Minsk | Мінськ | Минск | Minsk | Minsk | Minsk
CA Ottawa | Оттава | Оттава | Ottawa | Ottawa | Ottawa
CD Kinshasa | Кіншаса | Киншаса | Kinshasa | Kinshasa | Kinsasa
CN Beijing, Shanghai | Пекін, Шанхай | Пекин, Шанхай | Peking, Shanghai | Pékin, Shanghai | Pekín, Shanghái
CO Bogotá | Богота | Богота | Bogotá | Bogotá | Bogotá
CU Havana | Гавана | Гавана | Havanna | La Havane | La Habana
CZ Prague | Прага | Прага | Prag | Prague | Praga
DE Berlin | Берлін | Берлин | Berlin | Berlin | Berlín
DK Copenhagen | Копенгаген | Копенгаген | Kopenhagen | Copenhague | Copenhague
DZ Algiers | Алжир | Алжир | Algier | Alger | Argel
EG Cairo | Каїр | Каир | Kairo | Le Caire | El Cairo
ES Madrid, Barcelona | Мадрид, Барселона | Мадрид, Барселона | Madrid, Barcelona | Madrid, Barcelone | Madrid, Barcelona
ET Addis Ababa | Аддис-Абеба | Аддис-Абеба | Addis Abeba | Addis-Abeba | Adís Abeba
FI Helsinki | Гельсінкі | Хельсинки | Helsinki | Helsinki | Helsinki
HT Port-au-Prince | Порт-о-Пренс | Порт-о-Пренс | Port-au-Prince | Port-au-Prince | Puerto Príncipe
HU Budapest | Будапешт | Будапешт | Budapest | Budapest | Budapest
ID Jakarta | Джакарта | Джакарта | Jakarta | Jakarta | Yakarta
IN New Delhi, Delhi, Mumbai | Делі, Мумбаї | Дели, Мумбаи | Delhi, Mumbai | New Delhi, Bombay | Nueva Delhi, Bombay
IQ Baghdad, Fallujah, Mosul, Najaf | Багдад, Мосул | Багдад, Мосул | Bagdad, Mossul, Falludscha | Bagdad, Mossoul, Falloujah | Bagdad, Mosul, Faluya
IR Tehran | Тегеран | Тегеран | Teheran | Téhéran | Teherán
IL Tel Aviv, Jerusalem | Тель-Авів, Єрусалим | Тель-Авив, Иерусалим | Tel Aviv, Jerusalem | Tel-Aviv, Jérusalem | Tel Aviv, Jerusalén
IT Rome | Рим | Рим | Rom | Rome | Roma
JP Tokyo, Hiroshima | Токіо | Токио | Tokio, Tokyo | Tokyo | Tokio
KE Nairobi | Найробі | Найроби | Nairobi | Nairobi | Nairobi
KG Bishkek | Бішкек | Бишкек | Bischkek | Bichkek | Biskek
KR Seoul | Сеул | Сеул | Seoul | Séoul | Seúl
KZ Almaty | Алмати | Алматы | Almaty | Almaty | Almaty
LB Beirut, Hezbollah | Бейрут | Бейрут | Beirut | Beyrouth | Beirut
LV Riga | Рига | Рига | Riga | Riga | Riga
LY Tripoli | Триполі | Триполи | Tripolis | Tripoli | Trípoli
MX Mexico City | Мехіко | Мехико | Mexiko-Stadt | Mexico | Ciudad de México
MY Kuala Lumpur | Куала-Лумпур | Куала-Лумпур | Kuala Lumpur | Kuala Lumpur | Kuala Lumpur
NG Abuja, Boko Haram | Абуджа | Абуджа | Abuja | Abuja | Abuya
NL Amsterdam | Амстердам | Амстердам | Amsterdam | Amsterdam | Ámsterdam
NO Oslo | Осло | Осло | Oslo | Oslo | Oslo
NP Kathmandu | Катманду | Катманду | Kathmandu | Katmandou | Katmandú
PE Machu Picchu | Ліма | Лима | Lima | Lima | Lima
PH Manila | Маніла | Манила | Manila | Manille | Manila
PK Islamabad, Karachi, Lahore | Ісламабад, Карачі | Исламабад, Карачи | Islamabad, Karatschi | Islamabad, Karachi | Islamabad, Karachi
PL Warsaw | Варшава | Варшава | Warschau | Varsovie | Varsovia
PS West Bank, Hamas, Ramallah | ХАМАС, Рамалла | ХАМАС, Рамалла | Westjordanland, Gazastreifen, Hamas | Cisjordanie, Gaza, Hamas | Cisjordania, Gaza, Hamás
PT Lisbon | Лісабон | Лиссабон | Lissabon | Lisbonne | Lisboa
RO Bucharest | Бухарест | Бухарест | Bukarest | Bucarest | Bucarest
RS Belgrade | Белград | Белград | Belgrad | Belgrade | Belgrado
RU Moscow, Kremlin, Chechnya, Chechen | Москва, Кремль, Чечня, чеченськ* | Москва, Кремль, Чечня, чеченск* | Moskau, Kreml, Tschetschenien | Moscou, Kremlin, Tchétchénie | Moscú, Kremlin, Chechenia
RW Kigali | Кігалі | Кигали | Kigali | Kigali | Kigali
SA Riyadh, Jeddah | Ер-Ріяд | Эр-Рияд | Riad | Riyad | Riad
SD Khartoum, Darfur | Хартум, Дарфур | Хартум, Дарфур | Khartum, Darfur | Khartoum, Darfour | Jartum, Darfur
SE Stockholm | Стокгольм | Стокгольм | Stockholm | Stockholm | Estocolmo
SO Mogadishu | Могадішо | Могадишо | Mogadischu | Mogadiscio | Mogadiscio
SY Damascus, Aleppo | Дамаск, Алеппо | Дамаск, Алеппо | Damaskus, Aleppo | Damas, Alep | Damasco, Alepo
TH Bangkok | Бангкок | Бангкок | Bangkok | Bangkok | Bangkok
TR Ankara, Istanbul | Анкара, Стамбул | Анкара, Стамбул | Ankara, Istanbul | Ankara, Istanbul | Ankara, Estambul
TW Taipei | Тайбей | Тайбэй | Taipeh | Taipei | Taipéi
UA Kyiv, Kiev, Kharkiv, Odesa, Zelensky, Zelenskyy | Київ, Харків, Одеса, Зеленський | Киев, Харьков, Одесса, Зеленский | Kiew, Charkiw, Odessa, Selenskyj | Kiev, Kyiv, Kharkiv, Odessa, Zelensky | Kiev, Járkov, Odesa, Zelenski
UZ Tashkent | Ташкент | Ташкент | Taschkent | Tachkent | Taskent
VE Caracas | Каракас | Каракас | Caracas | Caracas | Caracas
VN Hanoi | Ханой | Ханой | Hanoi | Hanoï | Hanói
XK Pristina | Приштина | Приштина | Pristina | Pristina | Pristina
ZA Johannesburg, Pretoria | Йоганнесбург, Преторія | Йоханнесбург, Претория | Johannesburg, Pretoria | Johannesburg, Pretoria | Johannesburgo, Pretoria
ZW Harare | Хараре | Хараре | Harare | Harare | Harare
`;

let rows: ReadonlyMap<string, readonly CountryWord[]> | undefined;

/** Cities of a country (ISO 3166-1 alpha-2, upper case); empty where the table has none. */
export function citiesOf(code: string): readonly CountryWord[] {
  rows ??= countryWordsIn(cityTable);
  return rows.get(code) ?? [];
}
