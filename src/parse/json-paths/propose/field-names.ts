/** Lists the names that JSON APIs use for the fields of an article. */
import { parseDate } from '../../dates/dates.js';

export interface FieldNames {
  /** Likeliest first: the last parts of a path in lower case without `_` and `-`; `*` matches any ending. */
  readonly names: readonly string[];
  readonly fits: (value: string) => boolean;
  /** Share of items that must have a fitting value. */
  readonly share: number;
  /** Whether its values must differ from item to item. */
  readonly differs: boolean;
}

const isText = (value: string) => value.length < 100_000 && !/^(?:https?:)?\/\//i.test(value);
const isHeadline = (value: string) => value.length > 2 && value.length < 400 && isText(value) && /\p{L}/u.test(value);
const isAddress = (value: string) => /^(?:https?:\/\/|\/(?!\/)|[\w-]+\/)\S+$/i.test(value) && !/[{}]/.test(value);
const isPicture = (value: string) => /^(?:https?:)?\/\/?\S+$/i.test(value) && !/[{}]/.test(value);
/** Not `story_8863` or `author_writer`, which are identifiers for programs. */
const isTerm = (value: string) => isName(value) && !/_|\d{4}/.test(value);
const isName = (value: string) => value.length < 200 && isText(value) && /\p{L}/u.test(value);

/** A whole day since 1990. Plain seconds or milliseconds are recognised by their name only. */
function isDate(value: string): boolean {
  if (/^\d{1,8}$/.test(value) && !/^(?:19|20)\d{6}$/.test(value)) return false;
  const date = parseDate(value);
  return date !== null && /^(?:199\d|20[0-9]\d)/.test(date);
}

/** Fields take their paths in this order. Each path is used once. */
export const FIELD_NAMES = {
  title: { names: ['title.rendered', 'title', 'headline', 'headline.main', 'webtitle', 'displaytitle', 'storytitle', 'fields.summary', 'title.text', 'title.plain', 'name', 'subject', 'fullname', 'label', 'tagname'], fits: isHeadline, share: 0.8, differs: true }, // biome-ignore format: a row
  link: { names: ['link', 'url', 'weburl', 'htmlurl', 'canonicalurl', 'permalink', 'posturl', 'fullurl', 'publicurl', 'articleurl', 'shareurl', 'discussionurl', 'links.html', 'links.web', 'links.npm', 'href', 'uri', 'urls.web', 'path', 'shortlink', 'commentsurl'], fits: isAddress, share: 0.5, differs: true }, // biome-ignore format: a row
  date: { names: ['dategmt', 'datepublished', 'publishedat', 'publisheddate', 'publishdate', 'publicationdate', 'webpublicationdate', 'firstpublicationdate', 'firstpublishedat', 'published', 'pubdate', 'published*', 'releasedate', 'releasedat', 'displaydate', 'date', 'postedat', 'postdate', 'posted', 'createdutc', 'createdat', 'createddate', 'creationdate', 'datecreated', 'created', 'insertedat', 'starttime', 'timestamp', 'time', 'seendate', 'firstseen', 'created.datetime', 'uploadtime'], fits: isDate, share: 0.7, differs: false }, // biome-ignore format: a row
  updated: { names: ['modifiedgmt', 'datemodified', 'updatedat', 'updateddate', 'modifiedat', 'lastmodified', 'modified', 'updated', 'lastupdated', 'lastupdate', 'lastupdatedat', 'editedat', 'lastactivitydate', 'date.updated'], fits: isDate, share: 0.3, differs: false }, // biome-ignore format: a row
  summary: { names: ['excerpt.rendered', 'excerpt', 'summary', 'abstract', 'description', 'shortdescription', 'teaser', 'standfirst', 'trailtext', 'dek', 'snippet', 'tagline', 'lead', 'lede', 'subtitle'], fits: isText, share: 0.2, differs: true }, // biome-ignore format: a row
  content: { names: ['content.rendered', 'contenthtml', 'bodyhtml', 'html', 'content', 'body', 'selftexthtml', 'articlebody', 'description', 'text', 'caption', 'message'], fits: isText, share: 0.2, differs: true }, // biome-ignore format: a row
  image: { names: ['image', 'imageurl', 'featureimage', 'featuredimage', 'coverimage', 'leadimage', 'mainimage', 'thumbnailurl', 'thumbnail', 'urltoimage', 'socialimage', 'image.url', 'image.src', 'image.thumbnail.contenturl', 'thumbnail.source', 'thumbnail.url', 'thumbnail.imageurl', 'cover', 'picture', 'photo', 'mediaattachments.previewurl', 'images.url', 'photos.url'], fits: isPicture, share: 0.2, differs: false }, // biome-ignore format: a row
  author: { names: ['authors.name', 'author.name', 'author.displayname', 'primaryauthor.name', 'author', 'byline', 'authorname', 'authorstring', 'creator', 'creator.name', 'author.login', 'user.name', 'owner.displayname', 'account.displayname', 'account.name', 'username', 'by'], fits: isName, share: 0.3, differs: false }, // biome-ignore format: a row
  categories: { names: ['tags', 'taglist', 'tags.name', 'categories', 'categories.name', 'keywords', 'labels', 'labels.name', 'topics', 'section', 'sectionname', 'category', 'category.name'], fits: isTerm, share: 0.2, differs: false }, // biome-ignore format: a row
  id: { names: ['guid.rendered', 'guid', 'uuid', 'id', 'objectid', 'idstr', 'articleid', 'postid', 'nodeid', 'doi', 'uri'], fits: (value) => value.length < 500, share: 1, differs: true }, // biome-ignore format: a row
} as const satisfies Record<string, FieldNames>;

/** Position in `names`, from 0; null: no match. */
export function rankPath(path: string, names: readonly string[]): number | null {
  const name = path.replace(/\[\*\]|\[\d+\]|[\s_-]/g, '').toLowerCase();
  const rank = names.findIndex((one) =>
    one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one || name.endsWith(`.${one}`),
  );
  return rank < 0 ? null : rank;
}
