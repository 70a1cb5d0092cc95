/** Runs the editor's commands on new, changed and waiting articles and stores their output. */
import { readAnswers } from '../../../clean/machine-answer.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { EnrichCommand, MachineMade } from '../../../model/machine.js';
import type { Settings } from '../../../model/settings.js';
import type { Licence, SourceId } from '../../../model/source.js';
import type { CommandRunner } from '../../../ports/command-runner.js';
import type { StoredAnswer } from '../../../ports/store/enrichment.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import { ARTICLES_AT_ONCE, splitIntoBatches } from '../../facts/every-article.js';
import { retag, type Tagging } from '../../facts/tagging.js';
import { ChannelQuestions } from '../ask-questions.js';
import {
  type CommandBackOff,
  computeWait,
  type EnrichState,
  extendBackOff,
  LONGEST_BACK_OFF,
  readEnrichState,
  saveEnrichState,
} from './back-off.js';
import { type CommandInput, commandDigest, toCommandInput } from './given.js';
import type { RefusalReason } from './permissions.js';

export interface EnrichDeps {
  readonly settings: Pick<Settings, 'sources' | 'topics' | 'duplicates' | 'enrich' | 'root' | 'site'>;
  readonly store: Store;
  readonly tagging: Tagging;
  /** null: runs no command; applies stored answers. */
  readonly runner: CommandRunner | null;
  /** Articles that commands must not receive, with the reason. */
  readonly permissions: (articles: readonly Article[]) => Promise<ReadonlyMap<ArticleRef, RefusalReason>>;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Number of recent articles that a new or changed command receives in addition to incoming ones. */
const RECENT_ARTICLES = 200;

const HOUR = 3_600_000;
const RECHECK_DELAYS: Readonly<Record<RefusalReason, number>> = { reserved: 24 * HOUR, unknown: HOUR };

interface Question {
  readonly ref: ArticleRef;
  readonly id: string;
  readonly key: string;
  readonly publishedAt: number;
  readonly known: StoredAnswer | null;
}

/** `changed`: articles that became visible or hidden in this run. Resolves with warnings. */
export async function enrich(deps: EnrichDeps, changed: readonly ArticleRef[]): Promise<readonly string[]> {
  const { store, settings } = deps;
  const { enrich: commands = [] } = settings;
  const before = await readEnrichState(store);
  if (commands.length === 0 && before === null) return [];
  const asked = commands.map(({ env: _, timeoutMs: __, atMost: ___, ...rest }) => rest);
  const by = contentDigest(JSON.stringify([asked, reservedSources(settings).sort()]));
  const refs = await selectArticles(deps, by !== before?.by, changed);
  const work = new CommandRun(deps, commands);
  const waiting = await work.findWaiting(new Set(refs), before?.rests ?? {});
  for (const batch of splitIntoBatches(refs)) await work.findQuestions(batch);
  await work.dropForbidden();
  const rests = await work.runCommands(before?.rests ?? {});
  for (const batch of [...splitIntoBatches(refs), ...splitIntoBatches(waiting)]) await work.apply(batch);
  const after: EnrichState | null = commands.length === 0 ? null : { by, rests };
  if (JSON.stringify(after) !== JSON.stringify(before)) await saveEnrichState(store, after);
  deps.signal.throwIfAborted();
  return work.warnings;
}

function reservedSources({ sources }: EnrichDeps['settings']): string[] {
  return sources.flatMap(({ id, reservation }) => (reservation === undefined ? [] : id));
}

/** In ascending order. Unplaced articles are new or changed, and stay unplaced if the run is interrupted here. */
async function selectArticles(
  { store }: EnrichDeps,
  isNewConfig: boolean,
  changed: readonly ArticleRef[],
): Promise<readonly ArticleRef[]> {
  const refs = new Set(changed);
  for (let after: ArticleRef = 0; ; ) {
    const unplaced = await store.unplaced(ARTICLES_AT_ONCE, after);
    for (const { ref } of unplaced) refs.add(ref);
    if (unplaced.length === 0) break;
    after = unplaced.at(-1)!.ref;
  }
  if (isNewConfig) {
    for (const { ref } of await store.neighbours('all', '', 'older', RECENT_ARTICLES)) refs.add(ref);
    for (const ref of await store.enrichedArticles()) refs.add(ref);
  }
  return [...refs].sort((a, b) => a - b);
}

type NamedCommand = EnrichCommand & { readonly digest: string };

class CommandRun {
  readonly warnings: string[] = [];
  readonly #deps: EnrichDeps;
  readonly #commands: readonly NamedCommand[];
  /** Conditions of commands, modelled as channels with the names of commands. */
  readonly #conditions: ChannelQuestions;
  readonly #licences: ReadonlyMap<SourceId, Licence>;
  readonly #questions: ReadonlyMap<string, Question[]>;
  readonly #keys = new Map<ArticleRef, Map<string, string>>();

  constructor(deps: EnrichDeps, commands: readonly EnrichCommand[]) {
    this.#deps = deps;
    this.#commands = commands.map((command) => ({ ...command, digest: commandDigest(command, deps.settings.root) }));
    const conditions = commands.flatMap(({ name, when }) => (when === null ? [] : { path: name, question: when }));
    this.#licences = new Map(deps.settings.sources.map(({ id, content }) => [id, content]));
    this.#conditions = new ChannelQuestions(deps.store, conditions, deps.settings.duplicates);
    this.#questions = new Map(commands.map(({ name }) => [name, []]));
  }

  /** Stops when each runnable command has enough work. Without commands, returns all waiting articles. */
  async findWaiting(
    known: ReadonlySet<ArticleRef>,
    rests: Readonly<Record<string, CommandBackOff>>,
  ): Promise<readonly ArticleRef[]> {
    const { store, runner, now } = this.#deps;
    const asked =
      runner === null ? [] : this.#commands.filter(({ name }) => !isCommandBackedOff(rests[name] ?? null, now));
    const needsMore = () => this.#commands.length === 0 || asked.some((one) => this.#due(one).length < one.atMost);
    if (!needsMore()) return [];
    const waiting = (await store.waitingForAnswers(now)).filter((ref) => !known.has(ref));
    const most = asked.reduce((sum, { atMost }) => sum + atMost, 0) || ARTICLES_AT_ONCE;
    const step = Math.min(most, ARTICLES_AT_ONCE);
    let end = 0;
    for (; end < waiting.length && needsMore(); end += step) await this.findQuestions(waiting.slice(end, end + step));
    return waiting.slice(0, end);
  }

  async findQuestions(refs: readonly ArticleRef[]): Promise<void> {
    const { store, settings } = this.#deps;
    const reserved = new Set(reservedSources(settings));
    const shown = (await store.articles(refs)).filter((one) => isShown(one) && !reserved.has(one.sourceId));
    const fulfilled = await this.#conditions.findFulfilled(shown);
    const stored = await store.storedAnswers(refs);
    const known = new Map(stored.map((one) => [`${one.ref} ${one.key}`, one]));
    const waiting: StoredAnswer[] = [];
    for (const article of shown) {
      const { ref, id } = article;
      const keys = new Map<string, string>();
      for (const command of this.#commands) {
        const isAsked = command.when === null || fulfilled.get(ref)?.includes(command.name) === true;
        const given = isAsked ? this.#toGiven(article, command) : null;
        if (given === null) continue;
        const { key } = given;
        const before = known.get(`${ref} ${key}`) ?? null;
        keys.set(command.name, key);
        if (before?.answer != null) continue;
        waiting.push(before ?? { ref, key, answer: null, tries: 0, due: this.#deps.now });
        this.#questions
          .get(command.name)!
          .push({ ref, id, key, publishedAt: article.publishedAt.getTime(), known: before });
      }
      this.#keys.set(ref, keys);
    }
    const before = stored.filter(({ answer }) => answer === null);
    const others = findChangedWaiting(before, waiting);
    const changed = waiting.filter(({ ref }) => others.has(ref));
    if (others.size > 0) await store.saveAnswers(changed, [...others]);
  }

  #toGiven(article: Article, command: NamedCommand): CommandInput | null {
    return toCommandInput(article, command, command.digest, this.#licences.get(article.sourceId) ?? 'summary');
  }

  /** Drops articles that commands must not receive. Checks their permission again later. */
  async dropForbidden(): Promise<void> {
    const { runner, store, now, permissions } = this.#deps;
    const due = [...this.#questions.values()].flat().filter((question) => this.#isDue(question));
    if (runner === null || due.length === 0) return;
    const refs = [...new Set(due.map(({ ref }) => ref))].sort((a, b) => a - b);
    const why = new Map<ArticleRef, RefusalReason>();
    for (const batch of splitIntoBatches(refs))
      for (const [ref, one] of await permissions(await store.articles(batch))) why.set(ref, one);
    const kept = due.flatMap(({ ref, key, known }): StoredAnswer[] => {
      const reason = why.get(ref);
      if (reason === undefined) return [];
      const due = new Date(now.getTime() + RECHECK_DELAYS[reason]);
      return [{ ref, key, answer: null, tries: known?.tries ?? 0, due }];
    });
    await store.saveAnswers(kept, []);
    for (const questions of this.#questions.values())
      questions.splice(0, questions.length, ...questions.filter(({ ref }) => !why.has(ref)));
  }

  #isDue({ known }: Question): boolean {
    return known === null || known.due <= this.#deps.now;
  }

  async runCommands(rests: Readonly<Record<string, CommandBackOff>>): Promise<Record<string, CommandBackOff>> {
    const after: Record<string, CommandBackOff> = {};
    for (const command of this.#commands) {
      const rest = rests[command.name] ?? null;
      const due = this.#deps.runner === null || isCommandBackedOff(rest, this.#deps.now) ? [] : this.#due(command);
      const next = due.length === 0 ? rest : await this.#run(command, due, rest);
      if (next !== null) after[command.name] = next;
    }
    return after;
  }

  /** Fewest failures first, then newest. */
  #due({ name, atMost }: EnrichCommand): readonly Question[] {
    const tries = ({ known }: Question) => known?.tries ?? 0;
    return this.#questions
      .get(name)!
      .filter((question) => this.#isDue(question))
      .sort((a, b) => tries(a) - tries(b) || b.publishedAt - a.publishedAt || (a.id < b.id ? -1 : 1))
      .slice(0, atMost);
  }

  async #run(
    command: NamedCommand,
    due: readonly Question[],
    rest: CommandBackOff | null,
  ): Promise<CommandBackOff | null> {
    const { runner, settings, store, now, signal } = this.#deps;
    const articles = await store.articles(due.map(({ ref }) => ref));
    const lines = articles.map((article) => this.#toGiven(article, command)!.line);
    const result = await runner!.run({ ...command, lines }, signal);
    const { answers, unread, unknownTopics } = readAnswers(result.lines, {
      command,
      topics: new Set(settings.topics.map(({ id }) => id)),
      asked: new Map(articles.map(({ id, url, language }) => [id, { url: url ?? settings.site.url, language }])),
    });
    await store.saveAnswers(
      due.map(({ ref, id, key, known }): StoredAnswer => {
        const answer = answers.get(id) ?? null;
        const tries = answer === null ? (known?.tries ?? 0) + 1 : 0;
        return { ref, key, answer, tries, due: new Date(now.getTime() + computeWait(tries)) };
      }),
      [],
    );
    const missing = due.length - answers.size;
    const failed = result.failure ?? (answers.size === 0 ? 'no output for any article' : null);
    this.#warn(command.name, [
      ...(failed === null ? [] : [failed]),
      ...(missing > 0 && answers.size > 0 ? [`no output for ${missing} of ${due.length} articles`] : []),
      ...(unread > 0 ? [`${unread} invalid lines`] : []),
      ...(unknownTopics.length > 0 ? [`unknown topics: ${unknownTopics.join(', ')}`] : []),
      ...(result.said === '' ? [] : [`stderr: ${result.said}`]),
    ]);
    return failed === null ? null : extendBackOff(rest, now);
  }

  #warn(name: string, parts: readonly string[]): void {
    if (parts.length > 0) this.warnings.push(`enrich ${name}: ${parts.join('; ')}`);
  }

  async apply(refs: readonly ArticleRef[]): Promise<void> {
    const { store, tagging } = this.#deps;
    const answers = new Map((await store.storedAnswers(refs)).map((one) => [`${one.ref} ${one.key}`, one.answer]));
    const made = new Map(refs.map((ref) => [ref, this.#collectAnswers(ref, answers)]));
    const articles = (await store.articles(refs)).filter((article) => isShown(article));
    await store.saveMachineMade(articles.map(({ ref }) => ({ ref, machine: made.get(ref)! })));
    const tagged = articles.filter(({ ref, machine = [] }) =>
      [...machine, ...made.get(ref)!].some(({ as }) => as === 'topics'),
    );
    if (tagged.length === 0) return;
    const tagger = await tagging.load();
    const retagged = (article: Article) => retag(tagger, { ...article, machine: made.get(article.ref)! });
    await store.saveTags(
      tagged.map((article) => ({ ref: article.ref, topics: retagged(article) })),
      tagging.fingerprint,
    );
  }

  #collectAnswers(ref: ArticleRef, answers: ReadonlyMap<string, StoredAnswer['answer']>): MachineMade[] {
    const keys = this.#keys.get(ref);
    return this.#commands.flatMap(({ name, as, show }) => {
      const key = keys?.get(name);
      const answer = key === undefined ? null : (answers.get(`${ref} ${key}`) ?? null);
      if (key === undefined || answer === null) return [];
      return { ...answer, as, by: name, of: key, ...(show === 'instead' && { instead: true as const }) };
    });
  }
}

/** Articles with other pending answers than before. */
function findChangedWaiting(before: readonly StoredAnswer[], now: readonly StoredAnswer[]): Set<ArticleRef> {
  const [old, young] = [before, now].map((all) => new Set(all.map(({ ref, key }) => `${ref} ${key}`)));
  return new Set([
    ...before.flatMap(({ ref, key }) => (young!.has(`${ref} ${key}`) ? [] : ref)),
    ...now.flatMap(({ ref, key }) => (old!.has(`${ref} ${key}`) ? [] : ref)),
  ]);
}

/** Ignores waits longer than the maximum: they were recorded with a wrong clock. */
function isCommandBackedOff(rest: CommandBackOff | null, now: Date): boolean {
  const left = rest === null ? 0 : rest.until - now.getTime();
  return left > 0 && left <= LONGEST_BACK_OFF;
}
