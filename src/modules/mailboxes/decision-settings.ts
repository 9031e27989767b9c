/** What the administration settled for its mailboxes: how long an office may think, what a mailbox costs in a year. */
import { type Context, read, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { centsText, parseCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { decisionConflict, decisionField } from './decision-problems.ts'
import { type MailboxSettings, type MailboxSettingsInput, mailboxSettingsInput } from './decision-schema.ts'
import { usualSilenceDays } from './decision-vocabulary.ts'
import { lockProposals, type StoredSettings, selectSettings, upsertSettings } from './internal/decision-queries.ts'
import { recordAll } from './internal/decision-record.ts'

/** The day it is where the administration is. */
export function today(ctx: Pick<Context, 'zone'>): string {
  return Temporal.Now.plainDateISO(ctx.zone).toString()
}

/** What holds now; the usual, as long as nothing was settled. */
export async function findSettings(ctx: Context): Promise<MailboxSettings> {
  allow(ctx.actor, 'mailboxes.read')
  return settingsOf(await read(ctx, (ctx) => selectSettings(ctx)))
}

function settingsOf(stored: StoredSettings | undefined): MailboxSettings {
  const { version, silenceDays, licenceCents, licenceSource } = stored ?? unset
  return {
    ...{ version, silenceDays, licenceSource },
    licencePrice: licenceCents === null ? null : centsText(BigInt(licenceCents)),
  }
}

const unset: StoredSettings = { version: 0, silenceDays: usualSilenceDays, licenceCents: null, licenceSource: null }

/** Settles both anew. A price names where it is written; proposals that are made already keep their last day. */
export async function settleMailboxes(ctx: Context, input: MailboxSettingsInput): Promise<MailboxSettings> {
  allow(ctx.actor, 'mailboxes.manage')
  const { version, silenceDays, licencePrice = null, licenceSource = null } = parse(mailboxSettingsInput, input)
  if ((licencePrice === null) !== (licenceSource === null))
    throw invalid([decisionField(licencePrice === null ? 'licencePrice' : 'licenceSource', (t) => t.priceAndSource)])
  return transact(ctx, async (ctx) => {
    await lockProposals(ctx)
    const before = (await selectSettings(ctx, true)) ?? unset
    if (version !== undefined && version !== before.version) throw decisionConflict('stale', (t) => t.staleSettings)
    const licenceCents = licencePrice === null ? null : Number(parseCents(licencePrice))
    const settings = { silenceDays, licenceCents, licenceSource, version: before.version + 1 }
    await upsertSettings(ctx, settings)
    await recordAll(ctx, [
      {
        ...{ subjectType: 'mailbox_setting', subjectId: ctx.organisationId, kind: 'mailbox_setting.changed' },
        payload: { silenceDays, licenceCents, before },
        ...(licenceSource !== null && { text: { licenceSource } }),
      },
    ])
    return settingsOf(settings)
  })
}
