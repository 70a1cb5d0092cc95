/** Prepares audio and video players, and the label of the link to the original. */
import type { MediaLink } from '../../../model/article.js';
import type { Entry } from '../../../model/channel.js';
import { fill, type Labels } from '../labels.js';

const MEDIA_FILE = /\.(?:(mp3|m4a|m4b|aac|oga|ogg|opus|wav|flac)|mp4|m4v|mov|ogv|webm|mkv)(?:[?#]|$)/i;

/** Addresses of video and audio pages: well-known hosts, and the paths of PeerTube. */
const FILM_PAGE =
  /^https?:\/\/(?:(?:(?:www|m)\.)?youtube\.com\/(?:watch|shorts|live)|youtu\.be\/|vimeo\.com\/\d|(?:www\.)?dailymotion\.com\/video|rutube\.ru\/video|(?:www\.)?twitch\.tv\/videos|odysee\.com\/@[^/]+\/|[^/]+\/(?:videos\/watch|w)\/[\w-]{22,36}$)/i;
const SOUND_PAGE =
  /^https?:\/\/(?:open\.spotify\.com\/episode|(?:www\.)?soundcloud\.com\/[^/]+\/[^/]|podcasts\.apple\.com\/)/i;

/** Files of the first one's kind are encodings of one medium. null: no media, or the text contains a player. */
export function toPlayerData({ enclosures, episode, contentHtml, publication }: Entry, labels: Labels) {
  const [first] = enclosures;
  if (first === undefined || /<(?:audio|video)\b/.test(contentHtml ?? '')) return null;
  const transcript = episode?.transcripts.find(({ type }) => type === 'text/html') ?? episode?.transcripts[0];
  return {
    element: detectMediaKind(first),
    files: enclosures
      .filter((file) => detectMediaKind(file) === detectMediaKind(first))
      .map(({ url, type }) => ({ url: url.replace(/^http:/, 'https:'), type })),
    duration: first.duration === null ? null : formatDuration(first.duration),
    transcript: transcript && {
      url: transcript.url,
      text: fill(labels.transcript, { publication: publication.title }),
    },
  };
}

/** "Read" if the original is a text, "listen" or "watch" if it is a podcast or a media file. */
export function selectCreditLabel(entry: Entry): 'readWhole' | 'readOriginal' | 'listen' | 'watch' {
  const { originalUrl, enclosures, contentHtml, episode = null } = entry;
  const read = contentHtml === null ? 'readWhole' : 'readOriginal';
  if (originalUrl === null) return read;
  const file = MEDIA_FILE.exec(new URL(originalUrl).pathname);
  if (file !== null) return file[1] === undefined ? 'watch' : 'listen';
  if (FILM_PAGE.test(originalUrl)) return 'watch';
  if (SOUND_PAGE.test(originalUrl)) return 'listen';
  const [first] = enclosures;
  if (first === undefined) return read;
  const isText = episode === null && contentHtml !== null && detectMediaKind(first) === 'video';
  const isPodcast = episode !== null || first.duration !== null;
  if (first.url !== originalUrl && (isText || !isPodcast)) return read;
  return detectMediaKind(first) === 'video' ? 'watch' : 'listen';
}

function detectMediaKind({ type }: MediaLink): 'audio' | 'video' {
  return type.startsWith('video/') ? 'video' : 'audio';
}

/** `1:02:03` or `2:03`. */
export function formatDuration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
