/** From what a mail holds to text and HTML that may be kept and shown. */
import sanitize from 'sanitize-html'
import { mailLimits } from './parsed.ts'

/** What bytes 0x80 to 0x9f mean in windows-1252; mail that calls itself ISO-8859-1 means them too (WHATWG Encoding). */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** Text without null bytes, control characters and half characters, with plain line feeds. Pure. */
export function cleanText(text: string): string {
  return (
    text
      .slice(0, mailLimits.characters)
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      .replace(/[\u0080-\u009f]/g, (found) => windows1252[found.charCodeAt(0) - 0x80] ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g, '')
  )
}

/** One line of clean text. Pure. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

const blocks = ['p', 'div', 'br', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'table', 'hr']
const dropped = ['style', 'script', 'textarea', 'option', 'noscript', 'title', 'head', 'svg', 'math', 'template']

/** The words of an HTML text, a line for every block. */
export function textOfHtml(html: string): string {
  const marked = sanitize(html.slice(0, mailLimits.characters), {
    allowedTags: blocks,
    allowedAttributes: {},
    nonTextTags: dropped,
    nestingLimit: 200,
  })
  const lined = marked
    .replace(/[\r\n]+/g, ' ')
    .replace(/<(?:br|hr|\/?(?:p|div|tr|li|h\d|blockquote|pre|table))\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
  return cleanText(decoded(lined))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

// Sanitised HTML has these entities and no others.
function decoded(text: string): string {
  const of: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => of[name] ?? '')
}

/** HTML by an allow-list: words, lists, tables and links; no pictures, scripts, styles, forms or drawings. */
export function safeHtml(html: string): string {
  return cleanText(
    sanitize(html.slice(0, mailLimits.characters), {
      allowedTags: [
        ...[
          'p',
          'br',
          'hr',
          'div',
          'span',
          'b',
          'strong',
          'i',
          'em',
          'u',
          's',
          'sub',
          'sup',
          'blockquote',
          'pre',
          'code',
        ],
        ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', 'a'],
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
      ],
      allowedAttributes: { a: ['href', 'rel'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
      allowedSchemes: ['https', 'http', 'mailto'],
      allowProtocolRelative: false,
      nonTextTags: dropped,
      nestingLimit: 200,
      transformTags: { a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }) },
    }),
  )
}
