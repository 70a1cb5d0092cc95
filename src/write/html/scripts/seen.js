/* Marks what is newer than the last visit to the front page, whose newest time this browser keeps. */
(() => {
  const { dataset, src } = document.currentScript;
  const times = [...document.querySelectorAll('.h-entry .dt-published')];
  const dates = times.map((time) => Date.parse(time.dateTime));
  try {
    // The same for all pages of a visit. On the first one, nothing is new.
    sessionStorage[src] ??= localStorage[src] ?? Number.POSITIVE_INFINITY;
    times.forEach((time, i) => {
      if (dates[i] <= sessionStorage[src]) return;
      const entry = time.closest('.h-entry');
      entry.classList.add('is-new');
      const mark = document.createElement('span');
      mark.className = 'unseen';
      mark.textContent = `${dataset.new}: `;
      entry.querySelector('.p-name').prepend(mark);
    });
    if (document.body.classList.contains('index')) localStorage[src] = Math.max(...dates, localStorage[src] ?? 0);
  } catch {}
})();
