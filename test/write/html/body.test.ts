import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageBody } from '../../../src/write/html/body.js';
import { loadLabels } from '../../../src/write/html/page-labels.js';

const body = (html: string) => pageBody(html, loadLabels('en'));

describe('an article’s HTML in our page', () => {
  it.each([
    [
      'keeps plain text and links',
      '<p>A <a href="https://a.example/?b=1&amp;c=2">link</a></p>',
      '<p>A <a href="https://a.example/?b=1&amp;c=2">link</a></p>',
    ],
    ['puts its first heading below ours', '<h1>A</h1>', '<h2>A</h2>'],
    ['drops headings that say nothing', '<h2> <br></h2><p>x</p>', '<p>x</p>'],
    ['has no landmarks of its own', '<main><nav>a</nav></main>', '<div><div>a</div></div>'],
    ['closes what is open', '<p>a<b>b', '<p>a<b>b</b></p>'],
    ['opens nothing for what is closed twice', '<p>a</p></p></div>', '<p>a</p>'],
    ['gives an id once', '<p id="ref-a">a</p><p id="ref-a">b</p>', '<p id="ref-a">a</p><p>b</p>'],
    [
      'links what would be embedded',
      '<iframe src="https://www.youtube.com/embed/a1" title="A film"></iframe>',
      '<a class="embed" href="https://www.youtube.com/embed/a1">A film</a>',
    ],
    [
      'names the host of what has no title',
      '<iframe src="https://www.youtube.com/embed/a1"></iframe>',
      '<a class="embed" href="https://www.youtube.com/embed/a1">Embedded: www.youtube.com</a>',
    ],
    [
      'puts no link into a link',
      '<a href="https://a.example/"><iframe src="https://b.example/" title="b"></iframe></a>',
      '<a href="https://a.example/">b</a>',
    ],
    [
      'keeps the room of a picture free before it is there, so that nothing moves',
      '<img src="https://a.example/i.jpg" alt="" width="640" height="480"><img src="https://a.example/j.jpg" alt="A pier" width="640" height="480">',
      '<img src="https://a.example/i.jpg" alt="" width="640" height="480" loading="lazy" referrerpolicy="no-referrer">' +
        '<img src="https://a.example/j.jpg" alt="A pier" width="640" height="480" loading="lazy" referrerpolicy="no-referrer">',
    ],
    [
      'loads pictures late, over https, and tells nobody who reads',
      '<img src="http://a.example/i.jpg">',
      '<img src="https://a.example/i.jpg" loading="lazy" referrerpolicy="no-referrer" alt="">',
    ],
    [
      'changes every address of a set',
      '<img srcset="http://a.example/1 1x, http://a.example/2 2x" src="http://a.example/1" alt="x">',
      '<img srcset="https://a.example/1 1x, https://a.example/2 2x" src="https://a.example/1" alt="x" loading="lazy" referrerpolicy="no-referrer">',
    ],
    [
      'plays nothing unasked',
      '<video src="http://a.example/v" poster="http://a.example/p"></video>',
      '<video src="https://a.example/v" preload="none" controls=""></video>',
    ],
    ['lets wide tables scroll', '<table><tbody><tr><td><table></table></td></tr></tbody></table>', '<div class="scroll" role="group" tabindex="0" aria-label="Table"><table><tbody><tr><td><table></table></td></tr></tbody></table></div>'], // biome-ignore format: a table
  ])('%s', (_, given, expected) => {
    expect(body(given)).toBe(expected);
  });

  it('is deterministic', () => {
    const html = '<p>a</p><h3>b</h3><table><tr><td>x</td></tr></table><img src="http://a.example/i.jpg">';
    expect(body(html)).toBe(body(html));
  });

  it('closes every element for any input', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<p>', '</p>', '<h2>', '</h2>', '<table>', '</table>', '<iframe>', '</iframe>', '<br>', 'x', '<a href="https://a.example">', '</a>'), { maxLength: 40 }), (parts) => {
        const made = body(parts.join(''));
        const open: string[] = [];
        for (const [, end, name] of made.matchAll(/<(\/?)([a-z][a-z0-9]*)/g)) {
          if (name === 'br') continue;
          if (end === '') open.push(name!);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
      }),
    ); // biome-ignore format: one property
  });
});
