/** Table of well-known publications and news agencies: their names, and the hosts of their sites. New ones are added as rows. */
import { lettersOnly } from '../../text/plain.js';
import { bareHost } from '../../text/url/url.js';

/** `name | other name = host host`; the first name is the one that is shown. */
const ROWS = `
ABC News | Australian Broadcasting Corporation = abc.net.au
ABC News = abcnews.com abcnews.go.com
Al Jazeera = aljazeera.com aljazeera.net
Al-Monitor = al-monitor.com
AllAfrica = allafrica.com
Ars Technica = arstechnica.com
Axios = axios.com
BBC | BBC News = bbc.co.uk bbc.com
Bellingcat = bellingcat.com
Bloomberg | Bloomberg News = bloomberg.com
Boston.com = boston.com
BuzzFeed News = buzzfeednews.com
CBC | CBC News = cbc.ca
CBS News | CBS = cbsnews.com
CNBC = cnbc.com
CNN = cnn.com
Corriere della Sera = corriere.it
Dawn = dawn.com
Der Spiegel | Spiegel = spiegel.de
Deutsche Welle | DW = dw.com
Die Welt = welt.de
Die Zeit | Zeit Online = zeit.de
El Mundo = elmundo.es
El País = elpais.com
Euronews = euronews.com
Financial Times = ft.com
Folha de S.Paulo = folha.uol.com.br
Forbes = forbes.com
Foreign Affairs = foreignaffairs.com
Foreign Policy = foreignpolicy.com
Fox News = foxnews.com
France 24 = france24.com
Frankfurter Allgemeine | FAZ = faz.net
Haaretz = haaretz.com
Hürriyet = hurriyet.com.tr
ITV | ITV News = itv.com
La Repubblica = repubblica.it
La Stampa = lastampa.it
Le Figaro = lefigaro.fr
Le Monde = lemonde.fr
Libération = liberation.fr
Los Angeles Times = latimes.com
MarketWatch = marketwatch.com
Mediapart = mediapart.fr
NBC | NBC News = nbcnews.com
NDTV = ndtv.com
Newsweek = newsweek.com
Nikkei | Nikkei Asia = nikkei.com asia.nikkei.com
NPR = npr.org
NRC = nrc.nl
PBS = pbs.org
Politico = politico.com politico.eu
ProPublica = propublica.org
Quanta Magazine = quantamagazine.org
Radio Free Europe | RFE/RL | RFERL = rferl.org
RFI = rfi.fr
Rolling Stone = rollingstone.com
Scientific American = scientificamerican.com
Semafor = semafor.com
Sky News = news.sky.com
South China Morning Post = scmp.com
Süddeutsche Zeitung = sueddeutsche.de
taz = taz.de
Tagesschau = tagesschau.de
TechCrunch = techcrunch.com
The Atlantic = theatlantic.com
The Athletic = theathletic.com
The Conversation = theconversation.com
The Daily Beast = thedailybeast.com
The Diplomat = thediplomat.com
The Economist = economist.com
The Guardian = theguardian.com guardian.co.uk
The Hill = thehill.com
The Hindu = thehindu.com
The Independent = independent.co.uk
The Information = theinformation.com
The Intercept = theintercept.com
The Irish Times = irishtimes.com
The Jerusalem Post = jpost.com
The Kyiv Independent | Kyiv Independent = kyivindependent.com
The Lancet = thelancet.com
The New York Times | NYT = nytimes.com
The New Yorker = newyorker.com
The Ringer = theringer.com
The Telegraph = telegraph.co.uk
The Times = thetimes.com thetimes.co.uk
The Verge = theverge.com
The Wall Street Journal | WSJ = wsj.com
The Washington Post = washingtonpost.com
The Wire = thewire.in
TMZ = tmz.com
USA Today = usatoday.com
Vox = vox.com
ESPN = espn.com
Time = time.com
Fortune = fortune.com
Wired = wired.com
Nature = nature.com
Science = science.org sciencemag.org
Variety = variety.com
Billboard = billboard.com
Quartz = qz.com
Scroll = scroll.in
STAT = statnews.com
Sky = sky.com
Meduza | Медуза = meduza.io
Коммерсантъ | Kommersant = kommersant.ru
РБК = rbc.ru
Хабр | Habr = habr.com
Українська правда | Ukrainska Pravda = pravda.com.ua
Суспільне = suspilne.media
`;

/** News agencies: a byline of theirs is who wrote, and a credit who was copied. */
const AGENCY_ROWS = `
Reuters = reuters.com
AFP | Agence France-Presse = afp.com
AP | Associated Press | The Associated Press = apnews.com ap.org
Australian Associated Press | AAP = aap.com.au
Canadian Press | The Canadian Press = thecanadianpress.com
PA Media | Press Association = pa.media
UPI | United Press International = upi.com
Bloomberg | Bloomberg News = bloomberg.com
ANI = aninews.in
PTI | Press Trust of India = ptinews.com
Xinhua = xinhuanet.com news.cn
Kyodo | Kyodo News | Kyodo News Agency = english.kyodonews.net kyodonews.net
Yonhap | Yonhap News Agency = yna.co.kr
dpa = dpa.com
KNA = kna.de
EFE | Agencia EFE = efe.com
ANSA = ansa.it
Lusa = lusa.pt
Belga = belga.be
ANP = anp.nl
NTB = ntb.no
TT = tt.se
Ritzau = ritzau.dk
PAP = pap.pl
ČTK = ctk.cz
MTI = mti.hu
Anadolu Agency | Anadolu | AA = aa.com.tr
Interfax | Интерфакс = interfax.ru
Interfax-Ukraine | Інтерфакс-Україна = interfax.com.ua
Укрінформ | Ukrinform = ukrinform.net ukrinform.ua
TASS | ТАСС = tass.ru tass.com
РИА Новости | RIA Novosti = ria.ru
`;

/** Names that are common words too, in the form of `lettersOnly`: a name only with more evidence than a capital letter. */
export const COMMON: ReadonlySet<string> = new Set(
  'time fortune wired nature science variety billboard quartz scroll stat sky dawn ap aa pap ani tt anp taz'.split(' '),
);

interface Outlet {
  readonly names: readonly string[];
  readonly hosts: readonly string[];
}

function outletsIn(rows: string): Outlet[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [names = '', hosts = ''] = row.split(' = ');
      return { names: names.split(' | '), hosts: hosts.split(' ') };
    });
}

const OUTLETS = outletsIn(ROWS + AGENCY_ROWS.trimStart());

/** In the form of `lettersOnly`. */
export const OUTLET_NAMES: ReadonlySet<string> = new Set(OUTLETS.flatMap(({ names }) => names.map(lettersOnly)));
/** In the form of `lettersOnly`. */
export const NEWS_AGENCIES: ReadonlySet<string> = new Set(
  outletsIn(AGENCY_ROWS).flatMap(({ names }) => names.map(lettersOnly)),
);

const BY_HOST: ReadonlyMap<string, string> = new Map(
  OUTLETS.flatMap(({ names, hosts }) => hosts.map((host) => [host, names[0]!] as const)),
);

/** The well-known name of the site at an address, whatever subdomain; null: not in the table. */
export function outletAt(url: string | null): string | null {
  const labels = bareHost(url)?.split('.') ?? [];
  for (let i = 0; i < labels.length - 1; i++) {
    const name = BY_HOST.get(labels.slice(i).join('.'));
    if (name !== undefined) return name;
  }
  return null;
}
