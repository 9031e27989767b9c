/** A message as the Gmail API gives it (`format=raw`): its bytes out of the JSON as they come, so that a large one never lies in memory whole. */

export type RawMessage = {
  bytes: AsyncIterable<Buffer>
  /** What else the answer said, once the bytes are read. */
  rest: () => unknown
}

const opening = /"raw"\s*:\s*"/

/** Takes `{…, "raw": "base64url…", …}` apart. */
export function rawMessage(chunks: AsyncIterable<Uint8Array>): RawMessage {
  let [before, after] = ['', '']
  const bytes = async function* () {
    let place: 'before' | 'inside' | 'after' = 'before'
    let kept = ''
    for await (const chunk of chunks) {
      let text = Buffer.from(chunk).toString('latin1')
      if (place === 'before') {
        before += text
        const found = opening.exec(before)
        if (found === null) continue
        text = before.slice(found.index + found[0].length)
        before = `${before.slice(0, found.index)}"raw": "`
        place = 'inside'
      }
      if (place === 'inside') {
        const end = text.indexOf('"')
        kept += end < 0 ? text : text.slice(0, end)
        if (end >= 0) {
          place = 'after'
          after = text.slice(end)
        }
        // Four letters are three bytes; padding, "=" or "\u003d", comes at the end only.
        const padding = kept.search(/[=\\]/)
        const usable = padding < 0 ? kept.length : padding
        const whole = place === 'after' ? usable : usable - (usable % 4)
        if (whole > 0) yield Buffer.from(kept.slice(0, whole), 'base64url')
        kept = kept.slice(whole)
      } else after += text
    }
  }
  return { bytes: bytes(), rest: () => JSON.parse(before + after) as unknown }
}
