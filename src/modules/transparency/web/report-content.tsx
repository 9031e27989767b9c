import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import type { ReportView } from '../edition-schema.ts'
import { ReportBlocks } from './report-blocks.tsx'
import { ReportLines } from './report-lines.tsx'
import { ReportPage } from './report-page.tsx'
import { PriorityMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

type Page<What extends ReportView['page']['what']> = {
  view: ReportView
  page: Extract<ReportView['page'], { what: What }>
}

/** What an edition, a section or an objective shows; the same before and after it is published. */
export function ReportContent({ view }: { view: ReportView }) {
  const { page } = view
  switch (page.what) {
    case 'edition':
      return <EditionPage view={view} page={page} />
    case 'section':
      return <SectionPage view={view} page={page} />
    case 'objective':
      return <ObjectivePage view={view} page={page} />
  }
}

function EditionPage({ view, page }: Page<'edition'>) {
  const { pages: t, language } = useReportWords()
  const priorities = page.lines.flatMap((line) => line.guidelines.flatMap((one) => one.priorities))
  const objectives = page.sections.reduce((sum, section) => sum + section.objectives.length, 0)
  const shown = (n: number) => wholeNumber(n, language)
  const done = priorities.filter((one) => one.state === 'implemented').length
  const computed =
    priorities.length === 0
      ? t.summaryNoPriorities(shown(objectives))
      : t.summary(shown(objectives), shown(priorities.length), shown(done))
  return (
    <ReportPage
      view={view}
      title={view.title}
      crumbs={[{ to: '/bilancio-sociale', label: t.editionsTitle }, { label: String(view.year) }]}
      index={[
        { id: 'sections', label: t.sections },
        ...(page.lines.length > 0 ? [{ id: 'lines', label: t.linesTitle }] : []),
      ]}
      back={{ to: '/bilancio-sociale', label: t.backTo.editions }}
      pdf={`${view.base}.pdf`}
    >
      <h1 className="st-title">{view.title}</h1>
      <p className="st-lead mt-3">{page.summary || computed}</p>
      <section className="st-section" aria-labelledby="sections">
        <h2 id="sections" className="st-h2">
          {t.sections}
        </h2>
        {page.sections.length === 0 && <p>{t.noSections}</p>}
        {page.sections.map((section) => (
          <div key={section.code} className="mb-4">
            <h3 className="st-h3">
              <Link to={`${view.base}/${section.code}`}>
                <SectionName code={section.code} title={section.title} />
              </Link>
            </h3>
            <Objectives base={view.base} code={section.code} objectives={section.objectives} />
          </div>
        ))}
      </section>
      <ReportLines lines={page.lines} />
    </ReportPage>
  )
}

function SectionName({ code, title }: { code: string; title: string }) {
  const { report } = useReportWords()
  return `${report.sectionShort(code)} · ${title}`
}

type Heads = Page<'section'>['page']['objectives']

function Objectives({ base, code, objectives }: { base: string; code: string; objectives: Heads }) {
  const { report } = useReportWords()
  return (
    <ol className="st-list mt-2">
      {objectives.map(({ number, title, lead }) => (
        <li key={number}>
          <p className="st-quiet st-small mb-0">{report.objectiveShort(number)}</p>
          <p className="st-strong">
            <Link to={`${base}/${code}/${number}`}>{title}</Link>
          </p>
          {lead !== '' && <p>{lead}</p>}
        </li>
      ))}
    </ol>
  )
}

function SectionPage({ view, page }: Page<'section'>) {
  const { report, pages: t } = useReportWords()
  return (
    <ReportPage
      view={view}
      title={`${view.title}, ${report.sectionShort(page.code)}`}
      crumbs={[
        { to: '/bilancio-sociale', label: t.editionsTitle },
        { to: view.base, label: view.title },
        { label: report.sectionShort(page.code) },
      ]}
      index={[]}
      back={{ to: view.base, label: t.backTo.edition(view.title) }}
    >
      <p className="st-quiet mb-1">
        {view.title} · {report.sectionShort(page.code)}
      </p>
      <h1 className="st-title">{page.title}</h1>
      {page.intro !== '' && <p className="st-lead mt-3">{page.intro}</p>}
      <section className="st-section" aria-labelledby="objectives">
        <h2 id="objectives" className="st-h2">
          {t.objectives}
        </h2>
        <Objectives base={view.base} code={page.code} objectives={page.objectives} />
      </section>
    </ReportPage>
  )
}

function ObjectivePage({ view, page }: Page<'objective'>) {
  const { report, pages: t } = useReportWords()
  const { objective, code } = page
  const place = [view.title, report.sectionShort(code), report.objectiveShort(objective.number)]
  return (
    <ReportPage
      view={view}
      title={place.join(', ')}
      crumbs={[
        { to: '/bilancio-sociale', label: t.editionsTitle },
        { to: view.base, label: view.title },
        { to: `${view.base}/${code}`, label: report.sectionShort(code) },
        { label: report.objectiveShort(objective.number) },
      ]}
      index={objective.blocks.flatMap(({ heading }, at) =>
        heading === '' ? [] : [{ id: `b${at + 1}`, label: heading }],
      )}
      back={{ to: `${view.base}/${code}`, label: t.backTo.section(code) }}
      pdf={`${view.base}/${code}/${objective.number}.pdf`}
      facts={
        objective.priority && (
          <>
            <dt>{t.priority}</dt>
            <dd>
              {objective.priority.title}
              <br />
              <PriorityMark state={objective.priority.state} />
              {objective.priority.reason !== '' && `: ${objective.priority.reason}`}
            </dd>
          </>
        )
      }
    >
      <p className="st-quiet mb-1">{place.join(' · ')}</p>
      <h1 className="st-title">{objective.title}</h1>
      {objective.lead !== '' && <p className="st-lead mt-3">{objective.lead}</p>}
      <ReportBlocks view={view} code={code} objective={objective} />
    </ReportPage>
  )
}
