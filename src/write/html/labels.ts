/** The labels of pages in each supported language. A new language needs one object. */

export interface Labels {
  /** BCP 47. */
  readonly language: string;
  readonly skip: string;
  readonly topics: string;
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
  readonly about: string;
  /** `{publication}` */
  readonly sourceSite: string;
  readonly topic: string;
  readonly publication: string;
  /** What the editor asks for. */
  readonly kinds: Readonly<Record<'channel' | 'language' | 'digest', { readonly one: string; readonly all: string }>>;
  /** Above the list of a digest's issues. */
  readonly issues: string;
  /** `{n}`: publications. */
  readonly andMore: string;
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
  readonly comment: string;
  readonly commentLink: string;
  /** Followed by names. */
  readonly alsoReportedBy: string;
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
  /** `{date} {time}` */
  readonly moment: string;
  /** `{time}` */
  readonly time: string;
}

const en: Labels = {
  language: 'en',
  skip: 'Skip to the news',
  topics: 'Topics',
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
  about: 'About these pages',
  sourceSite: 'The site of {publication}',
  topic: 'topic',
  publication: 'publication',
  kinds: {
    channel: { one: 'channel', all: 'Channels' },
    language: { one: 'language', all: 'Languages' },
    digest: { one: 'digest', all: 'Digests' },
  },
  issues: 'Issues',
  andMore: 'and {n} more',
  onTheWeb: 'Read this issue on the web',
  by: 'By',
  published: 'Published',
  updated: 'Updated',
  firstPublished: 'First published by',
  readWhole: 'Read the whole article at {publication}',
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
  comment: 'Leave a comment',
  commentLink: 'Write what you think of this article',
  alsoReportedBy: 'Also reported by',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const uk: Labels = {
  language: 'uk',
  skip: 'Перейти до новин',
  topics: 'Теми',
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
  about: 'Про ці сторінки',
  sourceSite: 'Сайт видання {publication}',
  topic: 'тема',
  publication: 'видання',
  kinds: {
    channel: { one: 'канал', all: 'Канали' },
    language: { one: 'мова', all: 'Мови' },
    digest: { one: 'дайджест', all: 'Дайджести' },
  },
  issues: 'Випуски',
  andMore: 'і ще {n}',
  onTheWeb: 'Читати цей випуск на сайті',
  by: 'Автор:',
  published: 'Опубліковано',
  updated: 'Оновлено',
  firstPublished: 'Уперше опубліковано:',
  readWhole: 'Читати статтю повністю на сайті {publication}',
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
  comment: 'Залишити коментар',
  commentLink: 'Написати, що ви думаєте про цю статтю',
  alsoReportedBy: 'Про це також пишуть:',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const de: Labels = {
  language: 'de',
  skip: 'Zu den Nachrichten springen',
  topics: 'Themen',
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
  about: 'Über diese Seiten',
  sourceSite: 'Website: {publication}',
  topic: 'Thema',
  publication: 'Medium',
  kinds: {
    channel: { one: 'Kanal', all: 'Kanäle' },
    language: { one: 'Sprache', all: 'Sprachen' },
    digest: { one: 'Überblick', all: 'Überblicke' },
  },
  issues: 'Ausgaben',
  andMore: 'und {n} weitere',
  onTheWeb: 'Diese Ausgabe im Web lesen',
  by: 'Von',
  published: 'Veröffentlicht',
  updated: 'Aktualisiert',
  firstPublished: 'Zuerst veröffentlicht von',
  readWhole: 'Den ganzen Artikel lesen bei {publication}',
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
  comment: 'Kommentar schreiben',
  commentLink: 'Schreiben, was Sie von diesem Artikel halten',
  alsoReportedBy: 'Es berichten auch:',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const fr: Labels = {
  language: 'fr',
  skip: 'Aller aux articles',
  topics: 'Thèmes',
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
  about: 'À propos de ces pages',
  sourceSite: 'Le site de {publication}',
  topic: 'thème',
  publication: 'publication',
  kinds: {
    channel: { one: 'canal', all: 'Canaux' },
    language: { one: 'langue', all: 'Langues' },
    digest: { one: 'récapitulatif', all: 'Récapitulatifs' },
  },
  issues: 'Numéros',
  andMore: 'et {n} autres',
  onTheWeb: 'Lire ce numéro sur le web',
  by: 'Par',
  published: 'Publié',
  updated: 'Mis à jour',
  firstPublished: 'Publié d’abord par',
  readWhole: 'Lire l’article entier chez {publication}',
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
  comment: 'Laisser un commentaire',
  commentLink: 'Écrire ce que vous pensez de cet article',
  alsoReportedBy: 'Également rapporté par',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const es: Labels = {
  language: 'es',
  skip: 'Ir a las noticias',
  topics: 'Temas',
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
  about: 'Sobre estas páginas',
  sourceSite: 'El sitio de {publication}',
  topic: 'tema',
  publication: 'publicación',
  kinds: {
    channel: { one: 'canal', all: 'Canales' },
    language: { one: 'idioma', all: 'Idiomas' },
    digest: { one: 'resumen', all: 'Resúmenes' },
  },
  issues: 'Números',
  andMore: 'y {n} más',
  onTheWeb: 'Leer este número en la web',
  by: 'Por',
  published: 'Publicado',
  updated: 'Actualizado',
  firstPublished: 'Publicado primero por',
  readWhole: 'Leer el artículo completo en {publication}',
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
  comment: 'Dejar un comentario',
  commentLink: 'Escribir lo que piensa de este artículo',
  alsoReportedBy: 'También informan',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const ru: Labels = {
  language: 'ru',
  skip: 'Перейти к новостям',
  topics: 'Темы',
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
  about: 'Об этих страницах',
  sourceSite: 'Сайт издания {publication}',
  topic: 'тема',
  publication: 'издание',
  kinds: {
    channel: { one: 'канал', all: 'Каналы' },
    language: { one: 'язык', all: 'Языки' },
    digest: { one: 'дайджест', all: 'Дайджесты' },
  },
  issues: 'Выпуски',
  andMore: 'и ещё {n}',
  onTheWeb: 'Читать этот выпуск на сайте',
  by: 'Автор:',
  published: 'Опубликовано',
  updated: 'Обновлено',
  firstPublished: 'Впервые опубликовано:',
  readWhole: 'Читать статью полностью на сайте {publication}',
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
  comment: 'Оставить комментарий',
  commentLink: 'Написать, что вы думаете об этой статье',
  alsoReportedBy: 'Об этом также пишут:',
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
  moment: '{date}, {time} UTC',
  time: '{time} UTC',
};

const LANGUAGES: readonly Labels[] = [en, uk, de, fr, es, ru];

/** In the site's language (BCP 47), else English. */
export function labelsOf(language: string): Labels {
  const primary = language.toLowerCase().split('-')[0];
  return LANGUAGES.find((labels) => labels.language === primary) ?? en;
}

/** `fill('part {n}', { n: 2 })`: unknown placeholders are kept, and inserted values are not searched for placeholders. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
