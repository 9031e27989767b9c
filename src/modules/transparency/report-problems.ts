/** How the social report refuses, in the user's words. */
import type { CsvProblem } from '../../platform/csv.ts'
import { Problem } from '../../platform/problem.ts'
import { dayAndTime, type Say, say } from '../../platform/texts.ts'
import type { Missing } from './edition-schema.ts'
import { type ReportTexts, reportTexts } from './report-texts.ts'

type Words = ReportTexts['problems']

/** Somebody changed the row after this form was shown. */
export function partStale(change: { by: string | null; at: string; zone: string }): Problem {
  const now = new Date().toISOString()
  const said = (language: 'it' | 'en') => {
    const t = reportTexts[language].problems
    return t.stale(change.by ?? t.somebody, dayAndTime(change.at, now, change.zone, language))
  }
  return new Problem('conflict', 'stale', { it: said('it'), en: said('en') })
}

/** A refusal that follows from how things stand. */
export function reportStanding(code: string, pick: (t: Words) => string): Problem {
  return new Problem('conflict', code, inBoth(pick))
}

/** An `invalid` field of the report's own. */
export function wrongPart(path: string, pick: (t: Words) => string): { path: string; say: Say } {
  return { path, say: inBoth(pick) }
}

/** What keeps an edition from being submitted, place by place. */
export function incomplete(missing: readonly Missing[]): Problem {
  return new Problem(
    'invalid',
    'incomplete',
    inBoth((t) => t.incomplete),
    missing.map((one) => ({
      path: reportTexts.it.where(one.section, one.objective),
      say: say(reportTexts, (t) => t.missing[one.what](one.label)),
    })),
  )
}

/** One thing wrong with a file of series. */
export function sayCsv({ code, detail = '' }: CsvProblem): Say {
  return say(reportTexts, ({ problems: { import: t } }) => {
    if (code === 'field_count') {
      const [found = '', expected = ''] = detail.split('/')
      return t.field_count(found, expected)
    }
    return code === 'too_many_rows' ? t.too_many_rows(detail) : t[code]
  })
}

function inBoth(pick: (t: Words) => string): Say {
  return say(reportTexts, (t) => pick(t.problems))
}
