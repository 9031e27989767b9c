import type { Wire } from './imap-wire.ts'

/** How many bytes the mailbox still takes (RFC 9208: STORAGE counts units of 1,024); null when the server sets no bound or does not say. */
export async function roomLeft(wire: Wire): Promise<number | null> {
  if (!wire.capabilities.has('QUOTA')) return null
  const left: number[] = []
  await wire.send(['GETQUOTAROOT INBOX'], ({ text }) => {
    const [, used, most] = /^\* QUOTA .*\bSTORAGE (\d+) (\d+)/i.exec(text) ?? []
    if (used !== undefined && most !== undefined) left.push((Number(most) - Number(used)) * 1024)
  })
  return left.length === 0 ? null : Math.min(...left)
}
