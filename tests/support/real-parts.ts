/** Before any test: what is real here is made ready once, so that two files at a time find it whole. */
import { existsSync } from 'node:fs'
import { debian } from './browser.ts'
import { whyNoDovecot } from './dovecot.ts'
import { whyNoSlapd } from './slapd.ts'
import { whyNoSink } from './smtp-sink.ts'

export async function setup(): Promise<void> {
  // What cannot be had is told by the tests that want it.
  for (const whyNo of [whyNoDovecot, whyNoSlapd, whyNoSink]) whyNo()
  if (existsSync(debian)) return
  const { default: packaged } = await import('@sparticuz/chromium')
  await packaged.executablePath()
}
