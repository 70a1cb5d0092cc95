/** Tables of phrases by which articles credit a publication, and of publication names. New phrases are added as rows. */

/**
 * `named`: the phrase is used of publications only. `known`: it is used of people too, so a link to a site of that name, the
 * table of outlets or a word such as "Times" must say that it is one. `loose`: it is used of anything. `editor`: the editor's own
 * phrase, trusted.
 */
export interface CreditLine {
  readonly line: string;
  readonly trust: 'named' | 'known' | 'loose' | 'editor';
}

const named = (...lines: string[]): CreditLine[] => lines.map((line) => ({ line, trust: 'named' }));
const known = (...lines: string[]): CreditLine[] => lines.map((line) => ({ line, trust: 'known' }));
const loose = (...lines: string[]): CreditLine[] => lines.map((line) => ({ line, trust: 'loose' }));

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
    'berichtet {publication}',
    'berichtete {publication}',
    'schreibt {publication}',
    'meldet {publication}',
    'laut {publication}',
    'wie {publication} berichtet',
    'wie {publication} schreibt',
    'rapporte {publication}',
    'écrit {publication}',
    'selon {publication}',
    'd’après {publication}',
    'informa {publication}',
    'informó {publication}',
    'publica {publication}',
    'según {publication}',
    'segundo {publication}',
    'informou {publication}',
    'scrive {publication}',
    'riporta {publication}',
    'secondo {publication}',
    'schrijft {publication}',
    'meldt {publication}',
    'volgens {publication}',
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
    'пише {publication}',
    'повідомляє {publication}',
    'повідомив {publication}',
    'передає {publication}',
    'з посиланням на {publication}',
  ),
  ...loose(
    'via {publication}',
    'source: {publication}',
    'source : {publication}',
    'quelle: {publication}',
    'fuente: {publication}',
    'fonte: {publication}',
    'bron: {publication}',
    'источник: {publication}',
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
