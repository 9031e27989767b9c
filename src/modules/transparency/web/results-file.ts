import { chartResponse, renderChart } from '../../../platform/chart.ts'
import { openDataTypes } from '../../../platform/open-data.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { openPage, publicContext } from '../../../web/visit.ts'
import { findResults, findResultsFile, proveResults } from '../results.ts'
import { resultsChart } from '../results-chart.ts'
import { resultsDictionary } from '../results-dictionary.ts'
import { publicCsv, publicJson } from './public-file.ts'

const files = { 'indicatori.csv': 'figures', 'interventi.csv': 'rows', 'disponibilita.csv': 'scopes' } as const

/** A file of a published quarter: data, dictionary, proof, drawing. For anybody, the same bytes for everybody. */
export const loader = openPage(async (visit, { params, request }) => {
  const ctx = publicContext(visit)
  const period = params.period ?? ''
  const name = new URL(request.url).pathname.split('/').at(-1) ?? ''
  if (name in files)
    return publicCsv(await findResultsFile(ctx, period, files[name as keyof typeof files]), `${period}-${name}`)
  switch (name) {
    case 'dati.json': {
      const { result, corrections, ...facts } = await findResults(ctx, period)
      return publicJson({ ...facts, ...result, corrections })
    }
    case 'dizionario.json':
      await findResults(ctx, period)
      return publicJson(resultsDictionary(), openDataTypes.csvDictionary)
    case 'prova.json':
      return publicJson(await proveResults(ctx, period))
    default: {
      const size = /^grafico-(largo|stretto)\.svg$/.exec(name)?.[1] ?? fail(notFound())
      const { result } = await findResults(ctx, period)
      const spec = resultsChart(result, visit.language, size === 'largo' ? 'wide' : 'narrow')
      return chartResponse(await renderChart(spec), 'public, max-age=300')
    }
  }
})
