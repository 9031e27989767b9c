/** `sitec person …` */
import type { Command } from '../../platform/command.ts'
import { personNamed } from '../organisation/erase-person.ts'
import { erasePerson, exportPerson } from './erase-person.ts'
import { retentionTexts } from './retention-texts.ts'

/** Erasing and exporting people on the command line. */
export const personCommands: readonly Command[] = [
  {
    name: 'person erase',
    usage: 'EMAIL --reason TEXT [--dry-run]',
    help: 'Erase a person’s data and keep the cases; --dry-run only says what would be erased. The reason stays: no personal data in it.',
    options: { reason: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    run: async ({ context, positionals, values }) => {
      const id = await personNamed(context, positionals[0] ?? '')
      const reason = typeof values.reason === 'string' ? values.reason : ''
      const erased = await erasePerson(context, id, { reason, dryRun: values['dry-run'] === true })
      const t = retentionTexts.it
      const words: Record<string, string> = t.counts
      const counts = Object.entries(erased.counts).map(([noun, count]) => `${count} ${words[noun] ?? noun}`)
      return { exit: 0, json: erased, text: t.done(counts.join(', '), erased.dryRun) }
    },
  },
  {
    name: 'person export',
    usage: 'EMAIL',
    help: 'Everything that is known of a person, as JSON, for the person (art. 15 GDPR). It is recorded.',
    run: async ({ context, positionals }) => {
      const known = await exportPerson(context, await personNamed(context, positionals[0] ?? ''))
      return { exit: 0, json: known, text: JSON.stringify(known, null, 2) }
    },
  },
]
