/** Cases of the help desk that a wave brought: named by their number, shown with how they stand to whoever may see them. */
import { sql } from 'kysely'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { casesByNumber } from '../servicedesk/case-by-number.ts'
import { casesById } from '../servicedesk/cases-by-id.ts'
import { lockWave, selectBox, selectWave } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { wrongInWave } from './wave-problems.ts'
import { type AddWaveCaseInput, addWaveCaseInput, type WaveCase } from './wave-schema.ts'

/** The cases of a wave; title and state only to those who may see the case. */
export async function listWaveCases(ctx: Context, number: number): Promise<WaveCase[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const found = await sql<{ caseId: string; number: string; address: string | null }>`
      select k.case_id as "caseId", to_char(c.opened_at at time zone ${ctx.zone}, 'YYYY') || '/' || c.number as number, b.address
      from wave_case k
      join desk_case c on c.organisation_id = k.organisation_id and c.id = k.case_id
      left join mailbox b on b.organisation_id = k.organisation_id and b.id = k.mailbox_id
      where k.organisation_id = ${ctx.organisationId} and k.wave_id = ${wave.id} order by c.number desc limit 200`.execute(
      ctx.db,
    )
    const seen = new Map(
      (
        await casesById(
          ctx,
          found.rows.map(({ caseId }) => caseId),
        )
      ).map((one) => [one.id, one]),
    )
    return found.rows.map((row) => ({
      ...row,
      state: seen.get(row.caseId)?.state ?? null,
      title: seen.get(row.caseId)?.title ?? null,
    }))
  })
}

/** Ties a case to a wave, and to one of its mailboxes where that is known. */
export async function addWaveCase(ctx: Context, number: number, input: AddWaveCaseInput): Promise<{ caseId: string }> {
  const { number: caseNumber, mailboxId } = parse(addWaveCaseInput, input)
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    const found =
      (await casesByNumber(ctx, [caseNumber])).get(caseNumber) ?? fail(wrongInWave('number', (t) => t.noCase))
    if (mailboxId !== null && (await selectBox(ctx, wave.id, mailboxId)) === undefined) throw notFound()
    await sql`
      insert into wave_case (organisation_id, wave_id, case_id, mailbox_id)
      values (${ctx.organisationId}, ${wave.id}, ${found.id}, ${mailboxId}) on conflict do nothing`.execute(ctx.db)
    await recordWave(ctx, wave.id, 'case_tied', { caseId: found.id, mailboxId })
    return { caseId: found.id }
  })
}

/** Unties a case. */
export async function removeWaveCase(ctx: Context, number: number, caseId: string): Promise<{ caseId: string }> {
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    const gone = await sql`
      delete from wave_case where organisation_id = ${ctx.organisationId} and wave_id = ${wave.id} and case_id = ${caseId}
      returning case_id`.execute(ctx.db)
    if (gone.rows.length === 0) throw notFound()
    await recordWave(ctx, wave.id, 'case_untied', { caseId })
    return { caseId }
  })
}
