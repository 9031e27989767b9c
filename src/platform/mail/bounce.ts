/** What a notice of non-delivery reports (RFC 3464): who was not reached for good, and which mail it gives back. Pure. */

export type BounceReport = {
  /** Addresses of recipients with `Action: failed` and a status of 5, in lower case. */
  failed: string[]
  /** The Message-IDs that stand anywhere in it: that of the mail it gives back is among them. */
  returned: string[]
}

/** A report stands near the beginning; what is given back after it may be large. */
const looked = 262_144
const most = 20

/** Reads the report in a mail's raw bytes; null when there is none. */
export function bounceReport(raw: Buffer): BounceReport | null {
  const text = raw.toString('latin1', 0, looked).replaceAll('\r\n', '\n')
  const at = text.search(/^content-type: *message\/(global-)?delivery-status/im)
  const begins = at < 0 ? -1 : text.indexOf('\n\n', at)
  if (begins < 0) return null
  const ends = text.indexOf('\n--', begins)
  const groups = text.slice(begins, ends < 0 ? undefined : ends).split(/\n{2,}/)
  const ids = [...text.matchAll(/^(?:x-original-)?message-id: *(?:\n[ \t]+)?(<[^<>\s]{3,500}>)/gim)]
  return {
    failed: [...new Set(groups.flatMap(failedIn))].slice(0, most),
    returned: ids.map(([, id = '']) => id).slice(0, most),
  }
}

// Where it was to go, and where it went in the end: forwarding may lie between.
function failedIn(group: string): string[] {
  const value = (name: string) =>
    group
      .split(/\n(?![ \t])/)
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  if (!/^failed\b/i.test(value('action')) || !/^5\./.test(value('status'))) return []
  return ['original-recipient', 'final-recipient'].flatMap((name) => {
    const found = /^(?:rfc822|utf-8) *; *<?([^\s<>;]{3,320}@[^\s<>;]{1,255}?)>?$/i.exec(value(name))
    return found?.[1] === undefined ? [] : [found[1].toLowerCase()]
  })
}
