import { useLoaderData } from 'react-router'
import { page } from '../../../web/visit.ts'
import { previewEdition } from '../edition-publish.ts'
import { numberIn, previewView } from '../edition-view.ts'
import { ReportContent } from './report-content.tsx'

/** The same page before it is published. */
export const loader = page(async (ctx, { params }) => {
  const { content } = await previewEdition(ctx, { year: numberIn(params.year) })
  return previewView(content, params)
})

export default function ReportPreviewPage() {
  return <ReportContent view={useLoaderData<typeof loader>()} />
}
