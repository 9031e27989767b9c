import { page } from '../../../web/visit.ts'
import { pdfResponse } from '../download.ts'
import { labelsPdf } from '../labels.ts'
import { labelsChoice } from './labels-choice.ts'

/** Sheets of labels as a file. */
export const loader = page(async (ctx, { request }) =>
  pdfResponse(await labelsPdf(ctx, labelsChoice(request)), 'etichette'),
)
