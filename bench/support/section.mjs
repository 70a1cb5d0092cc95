// Generates the feeds of an invented news section: 28 publications in seven languages, events that several of them report, and one
// that half of them report. The words are real, so that stems, common words and topics cost what they cost in real news.

import { random } from './origin.mjs';

/** Publications by language, in order; the first ones publish most. */
const LANGUAGES = [...Array(20).fill('en'), 'en', 'fr', 'fr', 'de', 'uk', 'ar', 'ja', 'es'];
export const PUBLICATIONS = LANGUAGES.map((language, i) => ({ id: `p${String(i + 1).padStart(2, '0')}`, language }));

/** Share of the articles: a few publications publish most. */
const SHARES = LANGUAGES.map((language, i) => (language === 'en' ? 1 / (i + 1.5) : 0.12));
export const LAST = Date.UTC(2026, 10, 30, 20, 40);
const MINUTES_APART = 4.6;
const BIG_STORY = 14;

const list = (text) => text.split(' ');
const words = {
  en: {
    small: list('the of in to a for on after with as from by and over at'),
    roots: list('minister government parliament election court police hospital school teacher strike union wage price market bank budget tax company worker farmer harbour bridge railway airport flood storm fire rescue coast island village council mayor river vaccine doctor virus study scientist climate energy pipeline refugee border army treaty protest leader opposition vote campaign trial judge prison inquiry report museum festival film actor singer match goal coach season league champion record street family child death victim survivor'), // biome-ignore format: one line
    endings: ['', '', '', 's', '’s'],
    verbs: list(
      'warns rejects opens closes faces reports demands offers denies confirms wins loses leaves joins calls',
    ),
  },
  fr: {
    small: list('le la les des du de en à pour sur après avec une un dans'),
    roots: list('ministre gouvernement parlement élection tribunal police hôpital école professeur grève syndicat salaire prix marché banque budget impôt entreprise ouvrier agriculteur port pont aéroport inondation tempête incendie secours côte île village conseil maire fleuve vaccin médecin virus étude climat énergie réfugié frontière armée traité manifestation opposition vote procès juge prison enquête musée festival film match entraîneur saison'), // biome-ignore format: one line
    endings: ['', '', 's'],
    verbs: list('annonce refuse ouvre ferme affronte demande propose nie confirme gagne perd quitte rejoint appelle'),
  },
  de: {
    small: list('der die das den dem in im auf nach mit von und für über ein'),
    roots: list('Minister Regierung Parlament Wahl Gericht Polizei Krankenhaus Schule Lehrer Streik Gewerkschaft Lohn Preis Markt Bank Haushalt Steuer Firma Arbeiter Bauer Hafen Brücke Flughafen Flut Sturm Brand Rettung Küste Insel Dorf Rat Fluss Impfstoff Arzt Virus Studie Klima Energie Grenze Armee Vertrag Protest Opposition Prozess Richter Gefängnis Museum Festival Film Spiel Trainer Saison'), // biome-ignore format: one line
    endings: ['', '', 'en', 's'],
    verbs: list('warnt öffnet schließt fordert bestreitet bestätigt gewinnt verliert verlässt meldet plant'),
  },
  es: {
    small: list('el la los las de del en a por sobre tras con una un y'),
    roots: list('ministro gobierno parlamento elección tribunal policía hospital escuela maestro huelga sindicato salario precio mercado banco presupuesto impuesto empresa trabajador puerto puente aeropuerto inundación tormenta incendio rescate costa isla pueblo consejo alcalde río vacuna médico virus estudio clima energía refugiado frontera ejército tratado protesta oposición juicio juez prisión museo festival película partido temporada'), // biome-ignore format: one line
    endings: ['', '', 's'],
    verbs: list('anuncia rechaza abre cierra exige ofrece niega confirma gana pierde deja llama'),
  },
  uk: {
    small: list('у на в з та до після про за із від над при'),
    roots: list('міністр уряд парламент вибори суд поліція лікарня школа учитель страйк профспілка зарплата ціна ринок банк бюджет податок компанія робітник порт міст аеропорт повінь буря пожежа рятувальник узбережжя острів село рада мер річка вакцина лікар вірус дослідження клімат енергія кордон армія договір протест опозиція голосування процес суддя тюрма музей фестиваль фільм матч тренер сезон'), // biome-ignore format: one line
    endings: ['', '', 'и', 'у'],
    verbs: list('попереджає відкриває закриває вимагає пропонує заперечує підтверджує виграє програє залишає'),
  },
  ar: {
    small: list('في من على إلى بعد مع عن و أن'),
    roots: list('وزير حكومة برلمان انتخابات محكمة شرطة مستشفى مدرسة معلم إضراب نقابة راتب سعر سوق بنك ميزانية ضريبة شركة عامل ميناء جسر مطار فيضان عاصفة حريق إنقاذ ساحل جزيرة قرية مجلس نهر لقاح طبيب فيروس دراسة مناخ طاقة لاجئ حدود جيش معاهدة احتجاج معارضة محاكمة قاض سجن متحف مهرجان فيلم مباراة موسم'), // biome-ignore format: one line
    endings: ['', '', 'ة'],
    verbs: list('يعلن يرفض يفتح يغلق يواجه يطالب يعرض ينفي يؤكد يفوز يخسر'),
  },
  ja: {
    small: list('は が を に で と の'),
    roots: list('大臣 政府 議会 選挙 裁判所 警察 病院 学校 教師 組合 賃金 価格 市場 銀行 予算 税金 会社 農家 港 橋 鉄道 空港 洪水 台風 火災 救助 海岸 島 村 市長 川 ワクチン 医師 ウイルス 研究 気候 エネルギー 難民 国境 軍 条約 抗議 野党 投票 刑務所 博物館 映画 試合 監督'), // biome-ignore format: one line
    endings: [''],
    verbs: list('発表 拒否 開始 閉鎖 要求 否定 確認 勝利 敗北'),
  },
};
/** Places that the topics of a new section know, by language. */
const places = {
  en: list('Ukraine France Germany Japan Australia Philippines Spain Egypt Canada Brazil Kenya India'),
  fr: list('Ukraine France Allemagne Japon Australie Philippines Espagne Égypte Canada Brésil Kenya Inde'),
  de: list('Ukraine Frankreich Deutschland Japan Australien Philippinen Spanien Ägypten Kanada Brasilien Kenia Indien'),
  es: list('Ucrania Francia Alemania Japón Australia Filipinas España Egipto Canadá Brasil Kenia India'),
  uk: list('Україна Франція Німеччина Японія Австралія Філіппіни Іспанія Єгипет Канада Бразилія Кенія Індія'),
  ar: list('أوكرانيا فرنسا ألمانيا اليابان أستراليا الفلبين إسبانيا مصر كندا البرازيل كينيا الهند'),
  ja: list('ウクライナ フランス ドイツ 日本 オーストラリア フィリピン スペイン エジプト カナダ ブラジル ケニア インド'),
};
const ROMAN = list('ka do ri ven mo sha lin gel zu par ot tam nil bor kui ste fra');
const CYRILLIC = list('ка до рі вен мо ша лін ґел зу пар от там ніл бор куі сте фра');

const pick = (from, draw) => from[Math.floor(draw() * from.length)];

/** Articles by publication, newest first. Publications report the same events within hours. */
export function createArticles(count) {
  const draw = random(7);
  const found = PUBLICATIONS.map(() => []);
  const total = SHARES.reduce((sum, share) => sum + share, 0);
  for (let n = 0; n < count; n += 1) {
    const publication = pickWeighted(SHARES, draw() * total);
    const isBig = n > 90 && n <= 90 + BIG_STORY;
    const event = isBig ? 0 : draw() < 0.45 ? 1 + Math.floor(n / 25) * 6 + Math.floor(draw() * 6) : 1_000_000 + n;
    const date = LAST - Math.round(n * MINUTES_APART * 60_000);
    found[isBig ? (n * 2) % PUBLICATIONS.length : publication].push({ n, event, date });
  }
  return found;
}

function pickWeighted(shares, place) {
  let left = place;
  return Math.max(
    0,
    shares.findIndex((share) => {
      left -= share;
      return left < 0;
    }),
  );
}

export function renderFeed(index, articles, home) {
  const { id, language } = PUBLICATIONS[index];
  const items = articles.map((article) => renderItem(index, article, home));
  return (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
    `xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Paper ${id}</title><link>${home}/</link>` +
    `<description>Invented news</description><language>${language}</language>\n${items.join('\n')}\n</channel></rss>`
  );
}

function renderItem(index, { n, event, date }, home) {
  const { id, language } = PUBLICATIONS[index];
  const facts = describeEvent(event, language);
  const draw = random(n * 31 + 11);
  const say = (length) => writeText(facts, length, language, draw);
  const title = say(9);
  const lead = `${say(16)}. ${say(8)}.`;
  const paragraphs = Array.from({ length: 4 }, () => `<p>${say(32)}.</p>`);
  const body =
    index % 3 === 0 ? `<content:encoded><![CDATA[<p>${lead}</p>${paragraphs.join('')}]]></content:encoded>` : '';
  return (
    `<item><title>${title}</title><link>${home}/news/${n}</link><guid isPermaLink="false">${id}-${n}</guid>` +
    `<pubDate>${new Date(date).toUTCString()}</pubDate><dc:creator>${inventName(draw, ROMAN)} ${inventName(draw, ROMAN)}</dc:creator>` +
    `<description>${lead}</description>${body}</item>`
  );
}

/** Names, place and words of an event, as reports in this language write them. */
function describeEvent(event, language) {
  const draw = random(event * 17 + 5);
  const seeds = [draw(), draw()];
  const letters = language === 'uk' ? CYRILLIC : ROMAN;
  const names = seeds.map((seed) => inventName(random(seed * 2 ** 31), letters));
  const place = Math.floor(draw() * places.en.length);
  const own = Array.from({ length: 6 }, () => Math.floor(draw() * 1000));
  const { roots } = words[language];
  return {
    names,
    place: places[language][place],
    number: String(20 + Math.floor(draw() * 800)),
    own: own.map((at) => roots[at % roots.length]),
  };
}

function writeText({ names, place, number, own }, length, language, draw) {
  const { small, roots, endings, verbs } = words[language];
  const said = Array.from({ length }, (_, i) => {
    const kind = draw();
    if (i === 0 || kind < 0.08) return pick(names, draw);
    if (kind < 0.13) return place;
    if (kind < 0.15) return number;
    if (kind < 0.4) return pick(small, draw);
    if (kind < 0.5) return pick(verbs, draw);
    return pick(kind < 0.75 ? own : roots, draw) + pick(endings, draw);
  });
  return said.join(language === 'ja' ? '' : ' ');
}

function inventName(draw, letters) {
  const word = Array.from({ length: 3 }, () => pick(letters, draw)).join('');
  return word[0].toUpperCase() + word.slice(1);
}
