/** What a constraint of the database forbids, as a refusal. */
import { invalid } from '../../../platform/http/parse.ts'
import { phrasing } from '../../../platform/violations.ts'
import { wrongPart } from '../report-problems.ts'
import type { ReportTexts } from '../report-texts.ts'

const said: Record<string, [string, (t: ReportTexts['problems']) => string]> = {
  report_edition_organisation_id_year_key: ['year', (t) => t.yearTaken],
  report_section_organisation_id_edition_id_code_key: ['code', (t) => t.codeTaken],
  report_objective_organisation_id_section_id_number_key: ['number', (t) => t.numberTaken],
  report_objective_organisation_id_priority_id_fkey: ['priorityId', (t) => t.unknownPriority],
  strategic_line_organisation_id_number_key: ['number', (t) => t.numberTaken],
  guideline_organisation_id_line_id_number_key: ['number', (t) => t.numberTaken],
  guideline_organisation_id_line_id_fkey: ['lineId', (t) => t.unknownLine],
  priority_organisation_id_guideline_id_fkey: ['guidelineId', (t) => t.unknownGuideline],
}

const problems = Object.fromEntries(
  Object.entries(said).map(([constraint, [path, pick]]) => [constraint, () => invalid([wrongPart(path, pick)])]),
)

/** Runs a statement; what a constraint refuses becomes the Problem of the field, anything else flies on. */
export function orRefuse<Result>(statement: Promise<Result>): Promise<Result> {
  return phrasing(problems, () => statement)
}
