/** The labels of pages: what each means, and those of six languages. The others are in `languages/`; `page-labels.ts` chooses. */
import type { TimeZone } from '../../model/page.js';

/** A text for each plural form of its language (CLDR); `other` where there is no text for a form. */
export type Plural = Readonly<Partial<Record<PluralForm, string>>> & { readonly other: string };
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The labels of one section, and the time zone in which its pages tell times. */
export interface Labels extends LanguageLabels {
  readonly zone: TimeZone;
}

export interface LanguageLabels {
  /** BCP 47. */
  readonly language: string;
  readonly skip: string;
  readonly topics: string;
  readonly allTopics: string;
  /** `{recent}` `{all}`: articles on a topic, of thirty days and in all. */
  readonly topicCounts: string;
  readonly breadcrumb: string;
  readonly home: string;
  readonly latestNews: string;
  /** Articles that the editor pinned. */
  readonly pinned: string;
  readonly publications: string;
  readonly archive: string;
  /** `{n}` */
  readonly archivePart: string;
  readonly olderPart: string;
  readonly newerPart: string;
  readonly newestPart: string;
  readonly feeds: string;
  readonly allFeeds: string;
  /** Heading and text of the page that says how feeds are read. */
  readonly subscribe: string;
  readonly subscribeWhat: string;
  readonly subscribeHow: string;
  readonly subscribeReaders: string;
  readonly subscribeFormats: string;
  readonly subscribeChoose: string;
  readonly subscribeList: string;
  readonly about: string;
  /** `{publication}` */
  readonly sourceSite: string;
  /** `{publication}` */
  readonly sourceFeed: string;
  /** `{n}` */
  readonly articleCount: Plural;
  readonly topic: string;
  readonly publication: string;
  /** A channel that the editor asks for, and the heading of their list; so with languages and digests. */
  readonly channel: string;
  readonly channels: string;
  readonly inLanguage: string;
  readonly languages: string;
  readonly digest: string;
  readonly digests: string;
  /** Above the list of a digest's issues. */
  readonly issues: string;
  /** Of an issue that is read as a mail. */
  readonly onTheWeb: string;
  /** Followed by names. */
  readonly by: string;
  readonly published: string;
  readonly updated: string;
  /** Followed by the publication, as the next three are. */
  readonly firstPublished: string;
  readonly seenAt: string;
  readonly refersTo: string;
  /** `{publication}` */
  readonly readWhole: string;
  /** `{publication}`: where the whole text is on our page. */
  readonly readOriginal: string;
  /** `{publication}`: of audio, of video. */
  readonly listen: string;
  readonly watch: string;
  /** `{publication}` */
  readonly transcript: string;
  /** `{publication}` */
  readonly discussion: string;
  /** Followed by the section's title. */
  readonly headlineBy: string;
  readonly gone: string;
  readonly goneText: string;
  readonly relatedTopics: string;
  readonly moreNews: string;
  readonly alsoLike: string;
  readonly leaveComment: string;
  readonly commentLink: string;
  /** Followed by names. */
  readonly alsoReportedBy: string;
  readonly topStories: string;
  /** Followed by names of publications. */
  readonly also: string;
  /** `{n}`: publications that are not named. */
  readonly alsoMore: string;
  /** `{n}` `{publication}` */
  readonly runMore: string;
  readonly stories: string;
  /** `{n}`: publications, two or more. */
  readonly toldBy: string;
  /** `{n}`: articles of a story, two or more. */
  readonly allReports: string;
  /** The same of a story of many articles. */
  readonly manyReports: string;
  /** The articles of a story in their order. */
  readonly course: string;
  /** Followed by names of publications. */
  readonly sameText: string;
  readonly relatedStories: string;
  /** `{host}` */
  readonly embedded: string;
  readonly table: string;
  readonly status: string;
  readonly statusIntro: string;
  readonly failing: string;
  readonly working: string;
  readonly noneFailing: string;
  readonly since: string;
  readonly newestArticle: string;
  readonly noArticle: string;
  readonly states: Readonly<Record<'new' | 'ok' | 'degraded' | 'failing' | 'dead' | 'gone', string>>;
  readonly nothing: string;
  readonly months: readonly string[];
  /** `{day} {month} {year}` */
  readonly date: string;
  /** `{date} {time} {zone}` */
  readonly moment: string;
  /** `{time} {zone}` */
  readonly time: string;
}

const en: LanguageLabels = {
  language: 'en',
  skip: 'Skip to the news',
  topics: 'Topics',
  allTopics: 'All topics',
  topicCounts: '30 days: {recent} · all: {all}',
  breadcrumb: 'Breadcrumb',
  home: 'Home',
  latestNews: 'Latest news',
  pinned: 'Our choice',
  publications: 'Publications',
  archive: 'Archive',
  archivePart: 'Archive, part {n}',
  olderPart: 'Older: part {n}',
  newerPart: 'Newer: part {n}',
  newestPart: 'Older articles: the archive',
  feeds: 'Subscribe',
  allFeeds: 'OPML: all feeds',
  subscribe: 'How to subscribe',
  subscribeWhat:
    'A feed is a list of the newest articles that a program can read. A feed reader fetches the feeds that you choose and shows what is new: no account with us, no advertising, nobody who counts what you read.',
  subscribeHow:
    'Copy the address of a feed into your reader, or give it the address of one of our pages: it finds the feed by itself.',
  subscribeReaders:
    'Readers are, for example, NetNewsWire for iPhone and Mac, Feeder for Android, Thunderbird for computers, FreshRSS and Miniflux for a server of your own.',
  subscribeFormats: 'These feeds hold all articles. The formats say the same; every reader knows one of them.',
  subscribeChoose: 'Each topic and each publication has feeds of its own:',
  subscribeList: 'All of them at once are in one file, which readers can import:',
  about: 'About these pages',
  sourceSite: 'The site of {publication}',
  sourceFeed: 'The feed of {publication} itself',
  articleCount: { one: '{n} article', other: '{n} articles' },
  topic: 'topic',
  publication: 'publication',
  channel: 'channel',
  channels: 'Channels',
  inLanguage: 'language',
  languages: 'Languages',
  digest: 'digest',
  digests: 'Digests',
  issues: 'Issues',
  onTheWeb: 'Read this issue on the web',
  by: 'By',
  published: 'Published',
  updated: 'Updated',
  firstPublished: 'First published by',
  readWhole: 'Read the whole article at {publication}',
  readOriginal: 'Read the original at {publication}',
  listen: 'Listen at {publication}',
  watch: 'Watch at {publication}',
  transcript: 'Transcript by {publication}',
  discussion: 'Discussion at {publication}',
  seenAt: 'Found through',
  refersTo: 'It draws on',
  headlineBy: 'Headline by',
  gone: 'No longer available',
  goneText: 'This section no longer shows this article.',
  relatedTopics: 'Related topics:',
  moreNews: 'More news',
  alsoLike: 'You may also like',
  leaveComment: 'Leave a comment',
  commentLink: 'Write what you think of this article',
  alsoReportedBy: 'Also reported by',
  topStories: 'Top stories',
  also: 'Also:',
  alsoMore: 'and {n} more',
  runMore: 'and {n} more from {publication}',
  stories: 'Stories',
  toldBy: 'Told by {n} publications',
  allReports: 'All {n} reports',
  manyReports: 'All reports on this story',
  course: 'How it went',
  sameText: 'The same text in',
  relatedStories: 'Related stories',
  embedded: 'Embedded: {host}',
  table: 'Table',
  status: 'The state of our sources',
  statusIntro: 'Every publication that this section reads, and whether it can be read.',
  failing: 'Need attention',
  working: 'Working',
  noneFailing: 'All sources can be read.',
  since: 'since',
  newestArticle: 'Newest article',
  noArticle: 'no article yet',
  states: {
    new: 'not asked yet',
    ok: 'working',
    degraded: 'failed lately',
    failing: 'failing',
    dead: 'unreachable for a month',
    gone: 'closed by its publisher',
  },
  nothing: 'Nothing here yet.',
  months: 'January February March April May June July August September October November December'.split(' '),
  date: '{day} {month} {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

const uk: LanguageLabels = {
  language: 'uk',
  skip: 'Перейти до новин',
  topics: 'Теми',
  allTopics: 'Усі теми',
  topicCounts: '30 днів: {recent} · усього: {all}',
  breadcrumb: 'Шлях',
  home: 'Головна',
  latestNews: 'Останні новини',
  pinned: 'Вибір редакції',
  publications: 'Видання',
  archive: 'Архів',
  archivePart: 'Архів, частина {n}',
  olderPart: 'Раніше: частина {n}',
  newerPart: 'Пізніше: частина {n}',
  newestPart: 'Давніші статті: архів',
  feeds: 'Підписатися',
  allFeeds: 'OPML: усі стрічки',
  subscribe: 'Як підписатися',
  subscribeWhat:
    'Стрічка — це перелік найновіших статей, який може читати програма. Читач стрічок завантажує ті, які ви обрали, і показує нове: без облікового запису в нас, без реклами і без лічильників прочитаного.',
  subscribeHow:
    'Скопіюйте адресу стрічки до свого читача або дайте йому адресу однієї з наших сторінок: він знайде стрічку сам.',
  subscribeReaders:
    'Читачі — це, наприклад, NetNewsWire для iPhone і Mac, Feeder для Android, Thunderbird для комп’ютерів, FreshRSS і Miniflux для власного сервера.',
  subscribeFormats: 'У цих стрічках усі статті. Формати містять те саме; кожен читач знає один із них.',
  subscribeChoose: 'Кожна тема і кожне видання мають власні стрічки:',
  subscribeList: 'Усі разом вони в одному файлі, який читачі можуть імпортувати:',
  about: 'Про ці сторінки',
  sourceSite: 'Сайт видання {publication}',
  sourceFeed: 'Власна стрічка видання {publication}',
  articleCount: { one: '{n} стаття', few: '{n} статті', many: '{n} статей', other: '{n} статті' },
  topic: 'тема',
  publication: 'видання',
  channel: 'канал',
  channels: 'Канали',
  inLanguage: 'мова',
  languages: 'Мови',
  digest: 'дайджест',
  digests: 'Дайджести',
  issues: 'Випуски',
  onTheWeb: 'Читати цей випуск на сайті',
  by: 'Автор:',
  published: 'Опубліковано',
  updated: 'Оновлено',
  firstPublished: 'Уперше опубліковано:',
  readWhole: 'Читати статтю повністю на сайті {publication}',
  readOriginal: 'Читати оригінал на сайті {publication}',
  listen: 'Слухати на сайті {publication}',
  watch: 'Дивитися на сайті {publication}',
  transcript: 'Розшифровка: {publication}',
  discussion: 'Обговорення на сайті {publication}',
  seenAt: 'Знайдено через',
  refersTo: 'За матеріалами',
  headlineBy: 'Заголовок редакції:',
  gone: 'Більше не доступно',
  goneText: 'Цієї статті тут більше немає.',
  relatedTopics: 'Пов’язані теми:',
  moreNews: 'Більше новин',
  alsoLike: 'Вас також може зацікавити',
  leaveComment: 'Залишити коментар',
  commentLink: 'Написати, що ви думаєте про цю статтю',
  alsoReportedBy: 'Про це також пишуть:',
  topStories: 'Головне',
  also: 'Також:',
  alsoMore: 'і ще {n}',
  runMore: 'і ще {n} від {publication}',
  stories: 'Історії',
  toldBy: 'Видань, що про це пишуть: {n}',
  allReports: 'Усі повідомлення: {n}',
  manyReports: 'Усі повідомлення про це',
  course: 'Як усе було',
  sameText: 'Той самий текст:',
  relatedStories: 'Пов’язані історії',
  embedded: 'Вбудовано: {host}',
  table: 'Таблиця',
  status: 'Стан наших джерел',
  statusIntro: 'Усі видання, які читає цей розділ, і чи вдається їх прочитати.',
  failing: 'Потребують уваги',
  working: 'Працюють',
  noneFailing: 'Усі джерела читаються.',
  since: 'з',
  newestArticle: 'Найновіша стаття',
  noArticle: 'ще немає статей',
  states: {
    new: 'ще не опитано',
    ok: 'працює',
    degraded: 'недавній збій',
    failing: 'не читається',
    dead: 'недоступне понад місяць',
    gone: 'закрито видавцем',
  },
  nothing: 'Тут поки нічого немає.',
  months: 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'.split(' '),
  date: '{day} {month} {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

const de: LanguageLabels = {
  language: 'de',
  skip: 'Zu den Nachrichten springen',
  topics: 'Themen',
  allTopics: 'Alle Themen',
  topicCounts: '30 Tage: {recent} · insgesamt: {all}',
  breadcrumb: 'Pfad',
  home: 'Startseite',
  latestNews: 'Neueste Nachrichten',
  pinned: 'Unsere Auswahl',
  publications: 'Medien',
  archive: 'Archiv',
  archivePart: 'Archiv, Teil {n}',
  olderPart: 'Älter: Teil {n}',
  newerPart: 'Neuer: Teil {n}',
  newestPart: 'Ältere Artikel: das Archiv',
  feeds: 'Abonnieren',
  allFeeds: 'OPML: alle Feeds',
  subscribe: 'So abonnieren Sie',
  subscribeWhat:
    'Ein Feed ist eine Liste der neuesten Artikel, die ein Programm lesen kann. Ein Feedreader holt die Feeds, die Sie wählen, und zeigt, was neu ist: ohne Konto bei uns, ohne Werbung, und niemand zählt, was Sie lesen.',
  subscribeHow:
    'Kopieren Sie die Adresse eines Feeds in Ihren Reader, oder geben Sie ihm die Adresse einer unserer Seiten: Er findet den Feed selbst.',
  subscribeReaders:
    'Feedreader sind zum Beispiel NetNewsWire für iPhone und Mac, Feeder für Android, Thunderbird für Computer, FreshRSS und Miniflux für den eigenen Server.',
  subscribeFormats: 'Diese Feeds enthalten alle Artikel. Die Formate sagen dasselbe; jeder Reader kennt eines davon.',
  subscribeChoose: 'Jedes Thema und jedes Medium hat eigene Feeds:',
  subscribeList: 'Alle zusammen stehen in einer Datei, die Feedreader importieren können:',
  about: 'Über diese Seiten',
  sourceSite: 'Website: {publication}',
  sourceFeed: 'Der eigene Feed von {publication}',
  articleCount: { one: '{n} Artikel', other: '{n} Artikel' },
  topic: 'Thema',
  publication: 'Medium',
  channel: 'Kanal',
  channels: 'Kanäle',
  inLanguage: 'Sprache',
  languages: 'Sprachen',
  digest: 'Überblick',
  digests: 'Überblicke',
  issues: 'Ausgaben',
  onTheWeb: 'Diese Ausgabe im Web lesen',
  by: 'Von',
  published: 'Veröffentlicht',
  updated: 'Aktualisiert',
  firstPublished: 'Zuerst veröffentlicht von',
  readWhole: 'Den ganzen Artikel lesen bei {publication}',
  readOriginal: 'Das Original lesen bei {publication}',
  listen: 'Anhören bei {publication}',
  watch: 'Ansehen bei {publication}',
  transcript: 'Transkript von {publication}',
  discussion: 'Diskussion bei {publication}',
  seenAt: 'Gefunden über',
  refersTo: 'Stützt sich auf',
  headlineBy: 'Überschrift von',
  gone: 'Nicht mehr verfügbar',
  goneText: 'Dieser Artikel wird hier nicht mehr gezeigt.',
  relatedTopics: 'Verwandte Themen:',
  moreNews: 'Weitere Nachrichten',
  alsoLike: 'Das könnte Sie auch interessieren',
  leaveComment: 'Kommentar schreiben',
  commentLink: 'Schreiben, was Sie von diesem Artikel halten',
  alsoReportedBy: 'Es berichten auch:',
  topStories: 'Top-Themen',
  also: 'Auch:',
  alsoMore: 'und {n} weitere',
  runMore: 'und {n} weitere von {publication}',
  stories: 'Geschichten',
  toldBy: '{n} Publikationen berichten',
  allReports: 'Alle {n} Berichte',
  manyReports: 'Alle Berichte dazu',
  course: 'Der Verlauf',
  sameText: 'Derselbe Text in',
  relatedStories: 'Verwandte Geschichten',
  embedded: 'Eingebettet: {host}',
  table: 'Tabelle',
  status: 'Zustand unserer Quellen',
  statusIntro: 'Alle Medien, die dieser Bereich liest, und ob sie sich lesen lassen.',
  failing: 'Brauchen Aufmerksamkeit',
  working: 'In Ordnung',
  noneFailing: 'Alle Quellen lassen sich lesen.',
  since: 'seit',
  newestArticle: 'Neuester Artikel',
  noArticle: 'noch kein Artikel',
  states: {
    new: 'noch nicht abgefragt',
    ok: 'in Ordnung',
    degraded: 'zuletzt gestört',
    failing: 'gestört',
    dead: 'seit einem Monat nicht erreichbar',
    gone: 'vom Herausgeber geschlossen',
  },
  nothing: 'Hier ist noch nichts.',
  months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  date: '{day}. {month} {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

const fr: LanguageLabels = {
  language: 'fr',
  skip: 'Aller aux articles',
  topics: 'Thèmes',
  allTopics: 'Tous les thèmes',
  topicCounts: '30 jours : {recent} · en tout : {all}',
  breadcrumb: 'Fil d’Ariane',
  home: 'Accueil',
  latestNews: 'Dernières nouvelles',
  pinned: 'Notre choix',
  publications: 'Publications',
  archive: 'Archives',
  archivePart: 'Archives, partie {n}',
  olderPart: 'Plus ancien : partie {n}',
  newerPart: 'Plus récent : partie {n}',
  newestPart: 'Articles plus anciens : les archives',
  feeds: 'S’abonner',
  allFeeds: 'OPML : tous les flux',
  subscribe: 'Comment s’abonner',
  subscribeWhat:
    'Un flux est une liste des articles les plus récents qu’un programme peut lire. Un lecteur de flux récupère ceux que vous choisissez et montre les nouveautés : sans compte chez nous, sans publicité, et personne ne compte ce que vous lisez.',
  subscribeHow:
    'Copiez l’adresse d’un flux dans votre lecteur, ou donnez-lui l’adresse d’une de nos pages : il trouve le flux lui-même.',
  subscribeReaders:
    'Quelques lecteurs : NetNewsWire pour iPhone et Mac, Feeder pour Android, Thunderbird pour ordinateur, FreshRSS et Miniflux pour votre propre serveur.',
  subscribeFormats:
    'Ces flux contiennent tous les articles. Les formats disent la même chose ; chaque lecteur en connaît un.',
  subscribeChoose: 'Chaque thème et chaque publication a ses propres flux :',
  subscribeList: 'Tous ensemble, ils sont dans un fichier que les lecteurs peuvent importer :',
  about: 'À propos de ces pages',
  sourceSite: 'Le site de {publication}',
  sourceFeed: 'Le flux de {publication}',
  articleCount: { one: '{n} article', many: '{n} d’articles', other: '{n} articles' },
  topic: 'thème',
  publication: 'publication',
  channel: 'canal',
  channels: 'Canaux',
  inLanguage: 'langue',
  languages: 'Langues',
  digest: 'récapitulatif',
  digests: 'Récapitulatifs',
  issues: 'Numéros',
  onTheWeb: 'Lire ce numéro sur le web',
  by: 'Par',
  published: 'Publié',
  updated: 'Mis à jour',
  firstPublished: 'Publié d’abord par',
  readWhole: 'Lire l’article entier chez {publication}',
  readOriginal: 'Lire l’original chez {publication}',
  listen: 'Écouter chez {publication}',
  watch: 'Regarder chez {publication}',
  transcript: 'Transcription par {publication}',
  discussion: 'Discussion chez {publication}',
  seenAt: 'Trouvé par',
  refersTo: 'D’après',
  headlineBy: 'Titre de',
  gone: 'N’est plus disponible',
  goneText: 'Cet article n’est plus affiché ici.',
  relatedTopics: 'Thèmes associés :',
  moreNews: 'Autres nouvelles',
  alsoLike: 'Vous aimerez peut-être aussi',
  leaveComment: 'Laisser un commentaire',
  commentLink: 'Écrire ce que vous pensez de cet article',
  alsoReportedBy: 'Également rapporté par',
  topStories: 'À la une',
  also: 'Aussi :',
  alsoMore: 'et {n} autres',
  runMore: 'et {n} autres de {publication}',
  stories: 'Dossiers',
  toldBy: '{n} publications en parlent',
  allReports: 'Les {n} articles',
  manyReports: 'Tous les articles sur ce sujet',
  course: 'Le fil des événements',
  sameText: 'Le même texte dans',
  relatedStories: 'Dossiers liés',
  embedded: 'Contenu intégré : {host}',
  table: 'Tableau',
  status: 'État de nos sources',
  statusIntro: 'Toutes les publications que lit cette rubrique, et si elles peuvent être lues.',
  failing: 'À surveiller',
  working: 'En ordre',
  noneFailing: 'Toutes les sources peuvent être lues.',
  since: 'depuis',
  newestArticle: 'Article le plus récent',
  noArticle: 'pas encore d’article',
  states: {
    new: 'pas encore interrogée',
    ok: 'en ordre',
    degraded: 'en panne récemment',
    failing: 'en panne',
    dead: 'injoignable depuis un mois',
    gone: 'fermée par son éditeur',
  },
  nothing: 'Rien ici pour l’instant.',
  months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  date: '{day} {month} {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

const es: LanguageLabels = {
  language: 'es',
  skip: 'Ir a las noticias',
  topics: 'Temas',
  allTopics: 'Todos los temas',
  topicCounts: '30 días: {recent} · en total: {all}',
  breadcrumb: 'Ruta',
  home: 'Inicio',
  latestNews: 'Últimas noticias',
  pinned: 'Nuestra selección',
  publications: 'Publicaciones',
  archive: 'Archivo',
  archivePart: 'Archivo, parte {n}',
  olderPart: 'Anteriores: parte {n}',
  newerPart: 'Posteriores: parte {n}',
  newestPart: 'Artículos anteriores: el archivo',
  feeds: 'Suscribirse',
  allFeeds: 'OPML: todos los canales',
  subscribe: 'Cómo suscribirse',
  subscribeWhat:
    'Un canal es una lista de los artículos más recientes que un programa puede leer. Un lector de canales recoge los que usted elija y muestra lo nuevo: sin cuenta con nosotros, sin publicidad, y nadie cuenta lo que lee.',
  subscribeHow:
    'Copie la dirección de un canal en su lector, o dele la dirección de una de nuestras páginas: encontrará el canal por sí mismo.',
  subscribeReaders:
    'Algunos lectores: NetNewsWire para iPhone y Mac, Feeder para Android, Thunderbird para ordenadores, FreshRSS y Miniflux para un servidor propio.',
  subscribeFormats:
    'Estos canales contienen todos los artículos. Los formatos dicen lo mismo; cada lector conoce alguno.',
  subscribeChoose: 'Cada tema y cada publicación tiene sus propios canales:',
  subscribeList: 'Todos juntos están en un archivo que los lectores pueden importar:',
  about: 'Sobre estas páginas',
  sourceSite: 'El sitio de {publication}',
  sourceFeed: 'El canal de {publication}',
  articleCount: { one: '{n} artículo', many: '{n} de artículos', other: '{n} artículos' },
  topic: 'tema',
  publication: 'publicación',
  channel: 'canal',
  channels: 'Canales',
  inLanguage: 'idioma',
  languages: 'Idiomas',
  digest: 'resumen',
  digests: 'Resúmenes',
  issues: 'Números',
  onTheWeb: 'Leer este número en la web',
  by: 'Por',
  published: 'Publicado',
  updated: 'Actualizado',
  firstPublished: 'Publicado primero por',
  readWhole: 'Leer el artículo completo en {publication}',
  readOriginal: 'Leer el original en {publication}',
  listen: 'Escuchar en {publication}',
  watch: 'Ver en {publication}',
  transcript: 'Transcripción de {publication}',
  discussion: 'Debate en {publication}',
  seenAt: 'Encontrado a través de',
  refersTo: 'Se basa en',
  headlineBy: 'Titular de',
  gone: 'Ya no está disponible',
  goneText: 'Este artículo ya no se muestra aquí.',
  relatedTopics: 'Temas relacionados:',
  moreNews: 'Más noticias',
  alsoLike: 'También le puede interesar',
  leaveComment: 'Dejar un comentario',
  commentLink: 'Escribir lo que piensa de este artículo',
  alsoReportedBy: 'También informan',
  topStories: 'Lo más destacado',
  also: 'También:',
  alsoMore: 'y {n} más',
  runMore: 'y {n} más de {publication}',
  stories: 'Historias',
  toldBy: '{n} publicaciones lo cuentan',
  allReports: 'Las {n} noticias',
  manyReports: 'Todas las noticias sobre esto',
  course: 'Cómo ocurrió',
  sameText: 'El mismo texto en',
  relatedStories: 'Historias relacionadas',
  embedded: 'Contenido insertado: {host}',
  table: 'Tabla',
  status: 'Estado de nuestras fuentes',
  statusIntro: 'Todas las publicaciones que lee esta sección, y si se pueden leer.',
  failing: 'Requieren atención',
  working: 'En orden',
  noneFailing: 'Todas las fuentes se pueden leer.',
  since: 'desde',
  newestArticle: 'Artículo más reciente',
  noArticle: 'aún sin artículos',
  states: {
    new: 'aún no consultada',
    ok: 'en orden',
    degraded: 'con fallos recientes',
    failing: 'con fallos',
    dead: 'inaccesible desde hace más de un mes',
    gone: 'cerrada por su editor',
  },
  nothing: 'Aquí no hay nada todavía.',
  months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  date: '{day} de {month} de {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

const ru: LanguageLabels = {
  language: 'ru',
  skip: 'Перейти к новостям',
  topics: 'Темы',
  allTopics: 'Все темы',
  topicCounts: '30 дней: {recent} · всего: {all}',
  breadcrumb: 'Путь',
  home: 'Главная',
  latestNews: 'Последние новости',
  pinned: 'Выбор редакции',
  publications: 'Издания',
  archive: 'Архив',
  archivePart: 'Архив, часть {n}',
  olderPart: 'Раньше: часть {n}',
  newerPart: 'Позже: часть {n}',
  newestPart: 'Более ранние статьи: архив',
  feeds: 'Подписаться',
  allFeeds: 'OPML: все ленты',
  subscribe: 'Как подписаться',
  subscribeWhat:
    'Лента — это список самых новых статей, который может читать программа. Читатель лент загружает те, которые вы выбрали, и показывает новое: без учётной записи у нас, без рекламы и без счётчиков прочитанного.',
  subscribeHow:
    'Скопируйте адрес ленты в свою программу или дайте ей адрес одной из наших страниц: она найдёт ленту сама.',
  subscribeReaders:
    'Такие программы — например, NetNewsWire для iPhone и Mac, Feeder для Android, Thunderbird для компьютеров, FreshRSS и Miniflux для своего сервера.',
  subscribeFormats: 'В этих лентах все статьи. Форматы содержат одно и то же; каждая программа знает один из них.',
  subscribeChoose: 'У каждой темы и каждого издания свои ленты:',
  subscribeList: 'Все вместе они в одном файле, который такие программы могут импортировать:',
  about: 'Об этих страницах',
  sourceSite: 'Сайт издания {publication}',
  sourceFeed: 'Собственная лента издания {publication}',
  articleCount: { one: '{n} статья', few: '{n} статьи', many: '{n} статей', other: '{n} статьи' },
  topic: 'тема',
  publication: 'издание',
  channel: 'канал',
  channels: 'Каналы',
  inLanguage: 'язык',
  languages: 'Языки',
  digest: 'дайджест',
  digests: 'Дайджесты',
  issues: 'Выпуски',
  onTheWeb: 'Читать этот выпуск на сайте',
  by: 'Автор:',
  published: 'Опубликовано',
  updated: 'Обновлено',
  firstPublished: 'Впервые опубликовано:',
  readWhole: 'Читать статью полностью на сайте {publication}',
  readOriginal: 'Читать оригинал на сайте {publication}',
  listen: 'Слушать на сайте {publication}',
  watch: 'Смотреть на сайте {publication}',
  transcript: 'Расшифровка: {publication}',
  discussion: 'Обсуждение на сайте {publication}',
  seenAt: 'Найдено через',
  refersTo: 'По материалам',
  headlineBy: 'Заголовок редакции:',
  gone: 'Больше не доступно',
  goneText: 'Этой статьи здесь больше нет.',
  relatedTopics: 'Связанные темы:',
  moreNews: 'Другие новости',
  alsoLike: 'Вам также может быть интересно',
  leaveComment: 'Оставить комментарий',
  commentLink: 'Написать, что вы думаете об этой статье',
  alsoReportedBy: 'Об этом также пишут:',
  topStories: 'Главное',
  also: 'Также:',
  alsoMore: 'и ещё {n}',
  runMore: 'и ещё {n} от {publication}',
  stories: 'Истории',
  toldBy: 'Изданий, что об этом пишут: {n}',
  allReports: 'Все сообщения: {n}',
  manyReports: 'Все сообщения об этом',
  course: 'Как всё было',
  sameText: 'Тот же текст:',
  relatedStories: 'Связанные истории',
  embedded: 'Встроено: {host}',
  table: 'Таблица',
  status: 'Состояние наших источников',
  statusIntro: 'Все издания, которые читает этот раздел, и удаётся ли их прочитать.',
  failing: 'Требуют внимания',
  working: 'Работают',
  noneFailing: 'Все источники читаются.',
  since: 'с',
  newestArticle: 'Самая новая статья',
  noArticle: 'статей пока нет',
  states: {
    new: 'ещё не опрошено',
    ok: 'работает',
    degraded: 'недавний сбой',
    failing: 'не читается',
    dead: 'недоступно больше месяца',
    gone: 'закрыто издателем',
  },
  nothing: 'Здесь пока ничего нет.',
  months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  date: '{day} {month} {year}',
  moment: '{date}, {time} {zone}',
  time: '{time} {zone}',
};

export const FIRST_LANGUAGES: readonly LanguageLabels[] = [en, uk, de, fr, es, ru];

/** `fill('part {n}', { n: 2 })`: unknown placeholders are kept, and inserted values are not searched for placeholders. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
