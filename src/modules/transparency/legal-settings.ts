/** What the public pages say of the administration: declaration, data protection officer, office. In versions. */
import { type Context, read, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { insertSettings, selectPersonByEmail, selectSettings } from './internal/legal-queries.ts'
import {
  type PublicationInput,
  type PublicationSettings,
  publicationInput,
  publicationSettings,
} from './legal-schema.ts'
import { settingsChanged, wrongField } from './rating-problems.ts'

const none: PublicationSettings = { version: 0, declarationUrl: '', dpo: '', office: '', barrierEmail: '' }

/** The settings with who follows reports, for who sets them. */
export async function findPublication(ctx: Context): Promise<PublicationSettings> {
  allow(ctx.actor, 'publication.manage')
  return publicationSettings.parse((await read(ctx, selectSettings)) ?? none)
}

/** What anybody may read of the settings: it stands on public pages. */
export async function publicContacts(ctx: Context): Promise<Omit<PublicationSettings, 'barrierEmail' | 'version'>> {
  const { declarationUrl, dpo, office } = (await read(ctx, selectSettings)) ?? none
  return { declarationUrl, dpo, office }
}

/** Sets them anew; the earlier version stays. Refused: an unknown person, or when somebody else set them meanwhile. */
export async function setPublication(ctx: Context, input: PublicationInput): Promise<{ version: number }> {
  allow(ctx.actor, 'publication.manage')
  const { version: seen, barrierEmail, ...settings } = parse(publicationInput, input)
  return transact(ctx, async (ctx) => {
    const barrierPersonId = barrierEmail === '' ? null : await selectPersonByEmail(ctx, barrierEmail)
    if (barrierPersonId === undefined) throw wrongField('barrierEmail', (t) => t.unknownPerson)
    const current = (await selectSettings(ctx)) ?? none
    const version = seen + 1
    if (current.version !== seen) fail(settingsChanged())
    if (!(await insertSettings(ctx, { ...settings, version, barrierPersonId }))) fail(settingsChanged())
    await appendEvent(ctx, {
      subjectType: 'publication',
      subjectId: ctx.organisationId,
      kind: 'publication.set',
      version: 1,
      witness: witnessOf(ctx),
      payload: { version, barrierPersonId },
      text: { declarationUrl: settings.declarationUrl, dpo: settings.dpo, office: settings.office },
      retention: 'organisation',
    })
    ctx.services.live.announce(ctx)
    return { version }
  })
}
