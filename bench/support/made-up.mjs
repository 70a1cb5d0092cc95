// Generates articles of invented events, each reported by one to eight papers, and fills a store with them.

let seed = 20_260_301;
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};
const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo'.split(' ');
const invent = (length) => Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('');
const vocabulary = Array.from({ length: 20_000 }, () => invent(2 + Math.floor(random() * 3)));
const common = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? vocabulary[0];

let number = 0;
let time = Date.UTC(2026, 2, 1);
/** Deterministic. `paragraphs`: number of content paragraphs of about 180 characters. */
export function* articles(paragraphs = 0) {
  const running = [];
  for (;;) {
    if (running.length < 40 || random() < 0.3) {
      running.push({ words: Array.from({ length: 12 }, () => invent(4)), left: 1 + Math.floor(random() * 8) });
    }
    const at = Math.floor(random() * running.length);
    const { words } = running[at];
    if (--running[at].left === 0) running.splice(at, 1);
    const say = (length) =>
      Array.from({ length }, () => (random() < 0.25 ? words[Math.floor(random() * 12)] : common()));
    const text = say(45);
    const paragraph = () => `<p>${say(20).join(' ')} &amp; <a href="/about">${common()}</a>.</p>`;
    time += 6_000;
    number += 1;
    const [title, summary] = [text.slice(0, 9).join(' '), text.slice(9).join(' ')];
    yield {
      id: `a${number}`,
      sourceId: `s${number % 97}`,
      title,
      summary,
      language: 'en',
      publishedAt: new Date(time),
      contentHtml: paragraphs === 0 ? null : Array.from({ length: paragraphs }, paragraph).join(''),
    };
  }
}
const noChanges = {
  changed: [],
  aliases: [],
  alsoIn: [],
  withdrawn: [],
  restored: [],
  reclaimed: [],
  topicsFingerprint: 'bench',
  snapshot: null,
};

/** Saves and mints new articles. */
export async function store(list, into) {
  const first = await into.reserveRefs(list.length);
  const bySource = new Map();
  list.forEach((article, at) => {
    bySource.set(article.sourceId, [...(bySource.get(article.sourceId) ?? []), asNew(article, first + at)]);
  });
  for (const [sourceId, added] of bySource) await into.saveFetch(state(sourceId), { ...noChanges, added });
  await into.mint(
    list.map(({ id }, at) => ({ ref: first + at, id })),
    [],
  );
}

/** Places all articles in no channel, as a run does. */
export async function placeAll(store) {
  const next = () => store.unplaced(1_000);
  for (let found = await next(); found.length > 0; found = await next()) {
    await store.place(found.map(({ ref }) => ({ ref, order: '', channels: [] })));
  }
}

function asNew(article, ref) {
  const publication = { title: article.sourceId, url: null, feedUrl: null };
  return {
    ...article,
    ref,
    place: 0,
    publishedAtFrom: 'published',
    firstSeenAt: article.publishedAt,
    topics: [],
    keys: [{ kind: 'url', value: article.id }],
    mintOnly: false,
    guid: article.id,
    url: `https://news.example/${article.id}`,
    authors: [],
    attribution: { publication, via: null, credited: null },
    image: null,
    enclosures: [],
    categories: [],
    rights: null,
    contentHash: article.id,
  };
}

function state(sourceId) {
  const nothing = {
    adoptedUrl: null,
    redirect: null,
    validators: null,
    bodyHash: null,
    lastAttemptAt: null,
    error: null,
  };
  const never = {
    lastSuccessAt: null,
    nextAttemptAt: null,
    healthSince: null,
    oldestItemAt: null,
    newestArticleAt: null,
  };
  const unsaid = {
    askedMinutes: null,
    documentMinutes: null,
    skipHours: [],
    skipDays: [],
    recentDates: [],
    profile: null,
    homeSince: null,
  };
  const counts = { failures: 0, gone: 0, blocked: 0, health: 'ok', lastRead: [], guidsUnusable: false };
  return { sourceId, configuredUrl: 'https://news.example/', ...nothing, ...never, ...unsaid, ...counts };
}
