/** For tests only: an edition as an administration writes it, and refusals that must leave nothing behind. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { approveEdition, publishEdition, submitEdition } from './edition-publish.ts'
import { addObjective, addSection, changeBlocks } from './edition-sections.ts'
import { draftEdition, findEdition } from './editions.ts'
import { importSeries } from './figure-series.ts'
import type { ChangeBlocksInput } from './report-schema.ts'

/** The city of the test, its editor and its head of ICT; set by {@link openReportCity}. */
export let city: TestCity
export let editor: Context
export let head: Context

/** A demo city with the real series of Palermo loaded. */
export async function openReportCity() {
  city = await testCity()
  editor = await city.as('editor')
  head = await city.as('head_of_ict')
  await importSeries(editor, palermo)
}

/** The real figures of 2013 and 2017. */
export const palermo = readFileSync(new URL('fixtures/figures-2013-2017.csv', import.meta.url))
export const council = 'council act 42/2018 illustrative report'
export const csv = (...lines: string[]) => Buffer.from(`${lines.join('\n')}\n`)

/** The Problem with which an attempt was refused; fails when it was not. */
export async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  return error
}

/** Everything the report has written, as one text: a refusal must leave it as it was. */
export async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select string_agg(e::text, '' order by id) from report_edition e), (select string_agg(s::text, '' order by id) from report_section s),
    (select string_agg(o::text, '' order by id) from report_objective o), (select string_agg(p::text, '' order by id) from priority p),
    (select string_agg(v::text, '' order by edition_id, number) from report_edition_version v),
    (select string_agg(r::text, '' order by figure, year, source) from report_series_value r)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

/** The same, and nothing was half-written. */
export async function refusedWithoutTrace(attempt: () => Promise<unknown>): Promise<Problem> {
  const before = await written()
  const problem = await refusal(attempt())
  if ((await written()) !== before) throw new Error('Something was written all the same')
  return problem
}

/** The change that adds a typed figure. */
export const waiting = (value: number): ChangeBlocksInput['change'] => ({
  act: 'add',
  block: {
    kind: 'figures',
    figures: [
      {
        label: 'Attesa media all’anagrafe',
        origin: { from: 'typed', value, unit: 'min', date: '2016-12-31', source: 'gestione delle code' },
      },
    ],
  },
})

/** «Bilancio sociale 2016 · Sez. 1-B · Obiettivo 2», as the administration names it. */
export async function written2016(year: number) {
  const { id } = await draftEdition(editor, { year, title: `Bilancio sociale ${year}`, office: 'Innovazione' })
  const section = await addSection(editor, id, { code: '1-B', title: 'I servizi ai cittadini', version: 1 })
  const objective = await addObjective(editor, section.id, {
    ...{ number: 2, title: 'I servizi online e l’innovazione tecnologica', version: section.version },
  })
  const blocks: ChangeBlocksInput['change'][] = [
    waiting(25),
    { act: 'add', block: { kind: 'text', heading: 'Che cosa ci eravamo impegnati a fare', body: 'Trenta servizi.' } },
    {
      act: 'add',
      block: {
        kind: 'series',
        heading: 'I dati, anno per anno',
        lines: [{ label: 'Servizi in rete', figure: 'online_services', source: council }],
      },
    },
  ]
  let { version } = objective
  for (const change of blocks) ({ version } = await changeBlocks(editor, objective.id, { version, change }))
  return { id, year, sectionId: section.id, objectiveId: objective.id }
}

export async function versionOf(id: string) {
  return (await findEdition(editor, { id })).version
}

/** Submits, approves as another person, publishes. */
export async function published(id: string, changeNote = '') {
  await submitEdition(editor, id, { version: await versionOf(id), changeNote })
  await approveEdition(head, id, { version: await versionOf(id) })
  return publishEdition(editor, id, { version: await versionOf(id) })
}
