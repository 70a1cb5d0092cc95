/** Explains why an article is in the channels that the editor asks for, and why not. */
import type { Article } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { askedChannels } from '../../model/question.js';
import type { Settings } from '../../model/settings.js';
import { ChannelQuestions } from '../../pipeline/organize/ask-questions.js';
import type { Store } from '../../ports/store/store.js';
import type { AnsweredPart } from '../../questions/questions.js';

/** A channel, and how the article answers its question. */
export interface ExplainedChannel {
  readonly channel: ChannelPath;
  readonly isIn: boolean;
  /** Every part of the question. An article that is in it and fails one came in before its story parted. */
  readonly parts: readonly AnsweredPart[];
}

/** None of a folded copy: another one is asked for it. */
export async function explainChannels(article: Article, settings: Settings, store: Store): Promise<ExplainedChannel[]> {
  const channels = askedChannels(settings);
  if (channels.length === 0) return [];
  const places = new Set((await store.placesOf(article.ref)).map(({ channel }) => channel));
  const answers = await new ChannelQuestions(store, channels, settings.duplicates).answer(article);
  return [...answers].map(([channel, parts]) => ({ channel, isIn: places.has(channel), parts }));
}
