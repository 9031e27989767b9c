/** Fields of the forms of mailboxes as operations take them. Server side only. */
import { wrongBox } from '../box-problems.ts'
import type { BoxDetail } from '../box-schema.ts'
import { bytesOf } from '../internal/box-lines.ts'

const lines = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((part) => part !== '')

/** What somebody typed of a mailbox, with what they emptied. `untils`: until when its aliases hold, by address. */
export function boxOf(texts: Record<string, string>, untils: ReadonlyMap<string, string | null> = new Map()) {
  const { quota = '', name = '', officeId = '', registerCode = '', publishedAt = '', serverId = '', login = '' } = texts
  const quotaBytes = quota === '' ? null : bytesOf(quota)
  if (quota !== '' && quotaBytes === null) throw wrongBox('quota', (t) => t.wrongSize)
  return {
    ...{ name, officeId, registerCode, publishedAt, serverId, login, quotaBytes },
    aliases: lines(texts.aliases).map((address) => ({ address, until: untils.get(address.toLowerCase()) ?? null })),
    forwards: lines(texts.forwards).map((text) => ({
      address: text.replace(/^>/, ''),
      keepsCopy: !text.startsWith('>'),
    })),
    delegates: lines(texts.delegates),
  }
}

/** What the fields of a mailbox begin with. */
export function initialOf(box: BoxDetail): Record<string, string | null> {
  return {
    ...{ name: box.name, officeId: box.officeId, registerCode: box.registerCode, publishedAt: box.publishedAt },
    ...{ serverId: box.serverId, login: box.login, quota: box.quotaBytes === null ? '' : String(box.quotaBytes) },
    aliases: box.aliases.map(({ address }) => address).join('\n'),
    forwards: box.forwards.map(({ address, keepsCopy }) => (keepsCopy ? address : `>${address}`)).join('\n'),
    delegates: box.delegates.map(({ address }) => address).join('\n'),
  }
}
