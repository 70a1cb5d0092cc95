/** Writes an issue as a mail (RFC 5322) with a text part and an HTML part. */
import { toOneLine } from '../../text/cut.js';

export interface MailHead {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly date: Date;
  /** Unique for each issue, without angle brackets. */
  readonly messageId: string;
  /** `https:` or `mailto:`. */
  readonly unsubscribe: string;
}

export function writeMail(head: MailHead, text: string, html: string): string {
  const boundary = `=_${Buffer.from(head.messageId).toString('hex').slice(0, 40)}`;
  const part = (type: string, body: string) => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    encodeBody(body),
  ];
  return [
    `From: ${head.from}`,
    `To: ${head.to}`,
    `Subject: ${encodeWords(toOneLine(head.subject))}`,
    `Date: ${head.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${head.messageId}>`,
    `List-Unsubscribe: <${head.unsubscribe}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text),
    ...part('text/html', html),
    `--${boundary}--`,
  ].join('\n');
}

function encodeBody(body: string): string {
  return (
    Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');
}

/** Encoded words of at most 75 characters (RFC 2047), if it is not ASCII. */
function encodeWords(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const pieces = text.match(/.{1,11}/gsu) ?? [];
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\n ');
}
