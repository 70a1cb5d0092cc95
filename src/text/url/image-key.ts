/** Computes a key that is equal for one image in several sizes, qualities and formats. */
import { cacheByText } from '../cached.js';
import { urlKey } from './url.js';

const SIZING = new Set(
  'auto auto_optimize c crop dpr f fit fl fm format g h height imwidth k maxwidth q quality r resize s size strip ssl w width zoom'.split(
    ' ',
  ),
);

export const imageKey = cacheByText((url) => {
  const key = new URL(urlKey(url));
  const parts = key.search.slice(1).split('&');
  const kept = parts.filter((part) => !isSizing(part));
  if (kept.length < parts.length) key.search = kept.join('&');
  const path = key.pathname
    // WordPress: photo-1024x683.jpg, photo-scaled.jpg
    .replace(/-(?:\d{2,4}x\d{2,4}|scaled)(?=\.\w{3,4}$)/, '')
    // Cloudinary and similar: /w_600,h_400,c_fill/. The comma is required, or a_b_a_b_… would backtrack exponentially.
    .replace(/\/[a-z]{1,2}_[\w.:-]+(?:,[a-z]{1,2}_[\w.:-]+)*,?(?=\/)/g, (part) =>
      /\/(?:.*,)?[wh]_\d/.test(part) ? '' : part,
    );
  if (path !== key.pathname) key.pathname = path;
  return key.href;
});

function isSizing(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=', 2);
  // A longer number or a file name may identify the picture.
  return SIZING.has(name.toLowerCase()) && value.length <= 20 && !/^\d{5}|\.[a-z]/i.test(value);
}
