/*
 * <newsloom-latest src="https://news.example.org/feeds/all.json" count="5">What stands here until then.</newsloom-latest>
 * lists the newest articles of a JSON Feed as <ul class="newsloom-latest">, in the page's own styles. It asks for the feed,
 * without cookies, and for nothing else; where that fails, what stands between the tags stays.
 */
(() => {
  const make = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // The words and the time zone of the section, written in when this file is published.
  const { zone, date, months } = 'SECTION';
  const dayOf = (iso) => {
    try {
      const options = { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' };
      const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', options).formatToParts(new Date(iso));
      const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
      return date.replace(/{(\w+)}/g, (_, name) => ({ day, month: months[month - 1], year })[name]);
    } catch {
      return iso.slice(0, 10);
    }
  };

  const addressOf = (url) => (/^https?:\/\//i.test(url ?? '') ? url : null);

  const entryOf = ({ url, title, language, date_published: published, _source: source }, feedLanguage) => {
    const entry = make('li', 'h-entry');
    const link = make('a', 'u-url p-name', title || source?.title || url);
    const href = addressOf(url);
    if (href) link.href = href;
    link.lang = language ?? feedLanguage ?? '';
    link.dir = 'auto';
    entry.append(link);
    if (source?.title) entry.append(' ', make('bdi', 'p-publication', source.title));
    if (published) {
      const time = make('time', 'dt-published', dayOf(published));
      time.dateTime = published;
      entry.append(' ', time);
    }
    return entry;
  };

  class NewsloomLatest extends HTMLElement {
    static observedAttributes = ['src', 'count'];
    #asked = new AbortController();
    #isDue = false;

    connectedCallback() {
      this.#renew();
    }

    attributeChangedCallback() {
      this.#renew();
    }

    disconnectedCallback() {
      this.#asked.abort();
    }

    /** Attributes that change together are one request. */
    #renew() {
      if (this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        if (this.isConnected && this.hasAttribute('src')) this.#show();
      });
    }

    async #show() {
      this.#asked.abort();
      this.#asked = new AbortController();
      const { signal } = this.#asked;
      try {
        const address = new URL(this.getAttribute('src'), document.baseURI);
        const answer = await fetch(address, { signal, credentials: 'omit' });
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        const { items, language } = await answer.json();
        const count = Number(this.getAttribute('count')) || 5;
        const list = make('ul', 'newsloom-latest');
        list.append(...items.slice(0, count).map((item) => entryOf(item, language)));
        if (!signal.aborted) this.replaceChildren(list);
      } catch (error) {
        if (!signal.aborted) console.warn('newsloom-latest:', error);
      }
    }
  }

  // A rule of no weight: whatever the page says of the element goes before it. Older browsers leave it inline.
  if ('adoptedStyleSheets' in document) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':where(newsloom-latest:not([hidden])) { display: block }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  if (!customElements.get('newsloom-latest')) customElements.define('newsloom-latest', NewsloomLatest);
})();
