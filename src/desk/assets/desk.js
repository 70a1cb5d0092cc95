/** Keys for lists. Without this script, every action has its button. */
let current = -1;

const items = () => [...document.querySelectorAll('[data-item]')];

/** Keeps the place in the list when an item leaves it. */
function focusItem(index) {
  const all = items();
  if (all.length === 0) return;
  current = Math.min(Math.max(index, 0), all.length - 1);
  all[current].focus({ preventScroll: true });
  all[current].scrollIntoView({ block: 'nearest' });
}

function press(key) {
  // Before the first item has the focus, its keys only show which item they mean.
  if (current < 0 && /[arx]/.test(key) && items().length > 0) return focusItem(0) ?? true;
  const item = items()[current];
  const control =
    item?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`:not([data-item] *)[data-key="${key}"]`);
  if (control === null) return false;
  if (control.type === 'search') control.focus();
  else control.click();
  return true;
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest('input:not([type="checkbox"]), textarea, select') !== null;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j' || event.key === 'k') focusItem(current + (event.key === 'j' ? 1 : -1));
  else if (event.target.closest('button, a, summary') !== null && event.key === 'Enter') return;
  else if (!/^(?:[arxu/]|Enter)$/.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});

document.addEventListener('focusin', (event) => {
  const item = event.target.closest('[data-item]');
  if (item !== null) current = items().indexOf(item);
});

// After an answer was swapped in, the next item of the list has the focus.
document.addEventListener('htmx:after:swap', () => {
  if (current >= 0) focusItem(current);
});

// One request at a time: a second click before the answer would meet files that the first one changed.
let busy = { form: null, buttons: [], submitter: null };
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (busy.form !== null) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const mine = { form, buttons: [], submitter: event.submitter };
    busy = mine;
    form.setAttribute('aria-busy', 'true');
    // Later: the data of the form has the button only while it is enabled.
    setTimeout(() => {
      if (busy !== mine) return;
      mine.buttons = [...form.elements].filter((one) => one.localName === 'button' && !one.disabled);
      for (const button of mine.buttons) button.disabled = true;
    });
  },
  true,
);
function endWaiting() {
  const { form, buttons, submitter } = busy;
  busy = { form: null, buttons: [], submitter: null };
  form?.removeAttribute('aria-busy');
  for (const button of buttons) button.disabled = false;
  // A disabled button loses the focus.
  if (document.activeElement === document.body) submitter?.focus({ preventScroll: true });
}
for (const name of ['htmx:before:swap', 'htmx:finally:request']) document.addEventListener(name, endWaiting);
window.addEventListener('pageshow', endWaiting);

// Typed words are not lost by a link or another form.
let typed = null;
document.addEventListener('input', ({ target }) => {
  if (target.form?.method === 'post' && target.type !== 'checkbox') typed = target.form;
});
document.addEventListener('submit', ({ target }) => {
  if (target === typed) typed = null;
});
window.addEventListener('beforeunload', (event) => {
  if (!typed?.isConnected) return;
  event.preventDefault();
  // The editor may stay.
  setTimeout(endWaiting);
});

// Progress of a build. The page is loaded again when it ends.
function followProgress() {
  const box = document.querySelector('[data-progress]');
  if (box === null) return;
  const events = new EventSource(box.dataset.progress);
  events.addEventListener('step', ({ data }) => {
    const { progress, done, total, line } = JSON.parse(data);
    box.querySelector('[data-step]').textContent = total > 0 ? `${progress} ${done}/${total}` : progress;
    box.querySelector('[data-line]').textContent = line;
    const bar = box.querySelector('progress');
    if (total > 0) Object.assign(bar, { max: total, value: done });
    else bar.removeAttribute('value');
  });
  events.addEventListener('done', () => {
    events.close();
    location.reload();
  });
}

// Pinned articles are sorted by dragging. The buttons do the same.
let dragged = null;
document.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('[data-sort] > li') ?? null;
  dragged?.classList.add('dragged');
});
document.addEventListener('dragover', (event) => {
  const over = event.target.closest?.('[data-sort] > li') ?? null;
  if (dragged === null || over === null || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY < top + height / 2 ? 'before' : 'after'](dragged);
});
document.addEventListener('dragend', () => {
  dragged?.classList.remove('dragged');
  const form = dragged?.closest('form');
  dragged = null;
  form?.requestSubmit(form.querySelector('[data-order]'));
});

// The bookmark only fills in the form of links.
for (const link of document.querySelectorAll('[data-bookmark]'))
  link.href = `javascript:location.href='${location.origin}/links?url='+encodeURIComponent(location.href)`;

followProgress();
