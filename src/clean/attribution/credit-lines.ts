/** Tables of phrases by which articles credit a publication, and of publication names. New phrases are added as rows. */

/**
 * `named`: the phrase is used of publications only. `known`: it is used of people too, so the name must look like a
 * publication's (a link to another host, a quoted name, a word such as "Times", or one of `PAPERS`).
 */
export interface CreditLine {
  readonly line: string;
  readonly trust: 'named' | 'known';
}

const named = (...lines: string[]): CreditLine[] => lines.map((line) => ({ line, trust: 'named' }));
const known = (...lines: string[]): CreditLine[] => lines.map((line) => ({ line, trust: 'known' }));

/** The first row that matches counts; `{publication}` is the name. Phrases match in any letter case. */
export const CREDIT_LINES: readonly CreditLine[] = [
  ...named(
    'originally published by {publication}',
    'originally published in {publication}',
    'originally published on {publication}',
    'originally published at {publication}',
    'originally appeared in {publication}',
    'originally appeared on {publication}',
    'first published by {publication}',
    'first published in {publication}',
    'first published on {publication}',
    'first appeared in {publication}',
    'first appeared on {publication}',
    'was first reported by {publication}',
    'republished from {publication}',
    'reprinted from {publication}',
    'reproduced with permission from {publication}',
    'this story was produced by {publication}',
    'this story comes from {publication}',
    'zuerst erschienen in {publication}',
    'zuerst erschienen bei {publication}',
    'publié à l’origine par {publication}',
    'publicado originalmente en {publication}',
    'publicado originalmente por {publication}',
    'publicado originalmente em {publication}',
    'pubblicato originariamente su {publication}',
    'впервые опубликовано в {publication}',
    'вперше опубліковано в {publication}',
  ),
  ...known(
    'as {publication} reports',
    'as {publication} reported',
    'as {publication} writes',
    'as {publication} wrote',
    'as reported by {publication}',
    'as first reported by {publication}',
    'reported by {publication}',
    '{publication} first reported',
    '{publication} reports',
    '{publication} reported',
    '{publication} writes',
    '{publication} has learned',
    'writes {publication}',
    'reports {publication}',
    'according to {publication}',
    'according to a report by {publication}',
    'according to a report in {publication}',
    'according to reporting by {publication}',
    'told {publication}',
    'in an interview with {publication}',
    'seen by {publication}',
    'citing {publication}',
    'cited by {publication}',
    'quoted by {publication}',
    'source: {publication}',
    'via {publication}',
    'berichtet {publication}',
    'berichtete {publication}',
    'schreibt {publication}',
    'meldet {publication}',
    'laut {publication}',
    'wie {publication} berichtet',
    'wie {publication} schreibt',
    'quelle: {publication}',
    'rapporte {publication}',
    'écrit {publication}',
    'selon {publication}',
    'd’après {publication}',
    'source : {publication}',
    'informa {publication}',
    'informó {publication}',
    'publica {publication}',
    'según {publication}',
    'fuente: {publication}',
    'segundo {publication}',
    'informou {publication}',
    'fonte: {publication}',
    'scrive {publication}',
    'riporta {publication}',
    'secondo {publication}',
    'schrijft {publication}',
    'meldt {publication}',
    'volgens {publication}',
    'bron: {publication}',
    'podaje {publication}',
    'pisze {publication}',
    'według {publication}',
    'skriver {publication}',
    'rapporterar {publication}',
    'пишет {publication}',
    'сообщает {publication}',
    'сообщил {publication}',
    'передает {publication}',
    'передаёт {publication}',
    'со ссылкой на {publication}',
    'источник: {publication}',
    'пише {publication}',
    'повідомляє {publication}',
    'повідомив {publication}',
    'передає {publication}',
    'з посиланням на {publication}',
    'джерело: {publication}',
  ),
];

/** Words that occur in names of publications only. */
export const PAPER_WORDS = new Set(
  (
    'times post news journal herald tribune gazette chronicle observer independent telegraph guardian mirror express mail sun star ' +
    'standard bulletin courier dispatch examiner inquirer enquirer ledger register review record reporter sentinel globe ' +
    'press weekly daily magazine today tv radio broadcasting agency wire newswire insider monitor messenger advocate argus echo ' +
    'zeitung kurier tagblatt tageblatt anzeiger rundschau spiegel nachrichten blatt allgemeine presse ' +
    'monde figaro libération dépêche gazette courrier journal tribune hebdo ' +
    'país mundo diario periódico prensa noticias nacional gaceta ' +
    'corriere repubblica gazzetta giornale messaggero stampa ' +
    'jornal folha estado público notícias correio ' +
    'krant volkskrant dagblad courant nieuws ' +
    'gazeta rzeczpospolita dziennik wiadomości ' +
    'dagbladet aftonbladet nyheter tidning aftenposten ' +
    'газета известия новости правда время курьер вестник вести ведомости газети новини вісник час тиждень кур’єр'
  ).split(' '),
);

/** Well-known names without such a word, in the form of `lettersOnly`. */
export const PAPERS = new Set(
  (
    'foreign policy|foreign affairs|the economist|economist|reuters|ap|associated press|the associated press|afp|agence france presse|dpa|' +
    'bbc|the bbc|cnn|npr|pbs|bloomberg|politico|axios|vox|wired|time|newsweek|the atlantic|the new yorker|new yorker|the hill|the verge|' +
    'the intercept|propublica|bellingcat|mediapart|al jazeera|deutsche welle|dw|rfi|rferl|radio free europe|euronews|france 24|' +
    'the conversation|techcrunch|ars technica|the information|semafor|the bureau of investigative journalism|der spiegel|spiegel|die zeit|' +
    'zeit online|taz|die welt|faz|le monde|le figaro|el país|ansa|efe|lusa|tass|тасс|риа новости|интерфакс|interfax|рбк|meduza|медуза|' +
    'коммерсантъ|укрінформ|ukrinform|українська правда|ukrainska pravda|суспільне|kyiv independent|the kyiv independent|' +
    'xinhua|kyodo|yonhap|nikkei|nikkei asia|the diplomat|haaretz|the wire|scroll|nature|science|scientific american|the lancet|' +
    'stat|variety|billboard|espn|the athletic|the ringer|quartz|fortune|forbes|barrons|marketwatch|cnbc|abc|nbc|cbs|itv|sky'
  ).split('|'),
);
