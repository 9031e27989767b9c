import { openPage, publicContext } from '../../../web/visit.ts'
import { findPublishedEdition, objectiveCsv, pickObjective } from '../edition-published.ts'
import { numberIn } from '../edition-view.ts'

/** The figures and series of one objective as a file. */
export const loader = openPage(async (visit, { params }) => {
  const number = params.version === undefined ? null : numberIn(params.version)
  const found = await findPublishedEdition(publicContext(visit), { year: numberIn(params.year), number })
  const { objective } = pickObjective(found.content, params.section ?? '', numberIn(params.objective))
  const name = `bilancio-sociale-${found.year}-${params.section}-${objective.number}.csv`
  return new Response(objectiveCsv(objective, visit.language), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
  })
})
