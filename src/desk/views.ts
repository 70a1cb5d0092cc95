/** The pages of the desk, in the order of its menu. */
import { articlesView } from './pages/articles.js';
import { changesView } from './pages/changes.js';
import { digestsView } from './pages/digests.js';
import { frontPageView } from './pages/front-page.js';
import { linksView } from './pages/links.js';
import { queueView } from './pages/queue.js';
import { rulesView } from './pages/rules.js';
import { sourcesView } from './pages/sources.js';
import { topicsView } from './pages/topics.js';
import type { View } from './view.js';

export const views: readonly View[] = [queueView, articlesView, frontPageView, sourcesView, rulesView, topicsView, linksView, digestsView, changesView]; // biome-ignore format: one list
