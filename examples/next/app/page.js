const feeds = (process.env.NEWSLOOM_FEEDS ?? 'https://news.example.org/feeds').replace(/\/?$/, '/');
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** The page is one of plain files all the same (`output: 'export'`). */
export const dynamic = 'force-static';

/** Read while the site is built, anew in every build: without `no-store`, Next keeps the answer in `.next/cache`. */
async function readNews() {
  const answer = await fetch(`${feeds}all.json`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return await answer.json();
}

export default async function Page() {
  const news = await readNews();
  return (
    <main>
      <h1>
        News from <a href={news.home_page_url}>{news.title}</a>
      </h1>
      <ul className="news">
        {news.items.slice(0, 5).map((item) => (
          <li key={item.id}>
            <a href={item.url} lang={item.language ?? news.language}>
              {item.title}
            </a>{' '}
            <cite>{item._source?.title}</cite>{' '}
            <time dateTime={item.date_published}>{day.format(new Date(item.date_published))}</time>
          </li>
        ))}
      </ul>
    </main>
  );
}
