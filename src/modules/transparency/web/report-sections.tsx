import { Form, Link } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { EditionDetail, SectionDetail } from '../report-schema.ts'
import { OrderButtons } from './report-form.tsx'
import { useReportWords } from './report-words.ts'

type Props = { edition: EditionDetail; once: string }

/** The sections of an edition with their objectives, and what may be done to them. */
export function EditionSections({ edition, once }: Props) {
  const { desk: t } = useReportWords()
  return (
    <section aria-labelledby="sections">
      <h2 id="sections" className="st-h2">
        {t.sections}
      </h2>
      {edition.sections.length === 0 && <p>{t.noSections}</p>}
      {edition.sections.map((section, at) => (
        <Section
          key={section.id}
          edition={edition}
          section={section}
          once={once}
          isFirst={at === 0}
          isLast={at === edition.sections.length - 1}
        />
      ))}
      {edition.may.edit && (
        <SectionForm act="add-section" label={t.addSection} send={t.add} version={edition.version} once={once} />
      )}
    </section>
  )
}

function Section({
  edition,
  section,
  once,
  isFirst,
  isLast,
}: Props & { section: SectionDetail; isFirst: boolean; isLast: boolean }) {
  const { desk: t, report } = useReportWords()
  const name = `${report.sectionShort(section.code)} · ${section.title}`
  return (
    <div className="mb-4">
      <div className="st-row st-between">
        <h3 className="st-h3">{name}</h3>
        {edition.may.edit && (
          <OrderButtons
            acts={{ move: 'move-section', remove: section.objectives.length === 0 ? 'remove-section' : null }}
            {...{ of: name, part: section.id, version: edition.version, isFirst, isLast }}
          />
        )}
      </div>
      {section.objectives.length > 0 && <ObjectiveTable edition={edition} section={section} />}
      {edition.may.edit && (
        <div className="st-row mt-2">
          <ObjectiveForm edition={edition} section={section} once={once} />
          <SectionForm
            act="change-section"
            label={t.changeSection}
            send={t.save}
            version={edition.version}
            section={section}
            once={once}
          />
        </div>
      )}
    </div>
  )
}

function ObjectiveTable({ edition, section }: { edition: EditionDetail; section: SectionDetail }) {
  const { desk: t, report } = useReportWords()
  const { objectives } = section
  return (
    <ScrollRegion label={`${t.sections}, ${report.sectionShort(section.code)}`}>
      <table className="st-table mt-2">
        <thead>
          <tr>
            <th scope="col">{t.objectiveColumns.objective}</th>
            <th scope="col">{t.objectiveColumns.content}</th>
            <th scope="col">{t.objectiveColumns.updated}</th>
            {edition.may.edit && <th scope="col">{t.objectiveColumns.acts}</th>}
          </tr>
        </thead>
        <tbody>
          {objectives.map((one, at) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to={`/redazione/${edition.year}/${section.code}/${one.number}`}>
                  {one.number}. {one.title}
                </Link>
              </th>
              <td>{t.blocks(one.blocks)}</td>
              <td>
                <When at={one.updatedAt} isShort />
              </td>
              {edition.may.edit && (
                <td>
                  <OrderButtons
                    acts={{ move: 'move-objective', remove: 'remove-objective' }}
                    {...{ of: one.title, part: one.id, version: one.version }}
                    isFirst={at === 0}
                    isLast={at === objectives.length - 1}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

type SectionFormProps = {
  act: string
  label: string
  send: string
  version: number
  section?: SectionDetail
  once: string
}

function SectionForm({ act, label, send, version, section, once }: SectionFormProps) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct(act, section?.id)
  const id = (field: string) => `section-${section?.id ?? 'new'}-${field}`
  return (
    <Panel label={label} refused={refused}>
      <Form method="post" key={version}>
        <ActField act={act} part={section?.id} version={version} />
        <Once token={`${once}-s`} />
        <TextField
          {...{ name: 'code', inputId: id('code'), label: t.fields.code, hint: t.fields.codeHint, refused }}
          initial={section?.code ?? null}
          required
          maxLength={4}
        />
        <TextField
          {...{ name: 'title', inputId: id('title'), label: t.fields.title, refused }}
          initial={section?.title ?? null}
          required
          maxLength={200}
        />
        <LongField
          {...{ name: 'intro', inputId: id('intro'), label: t.fields.intro, refused }}
          initial={section?.intro ?? null}
          isOptional
          maxLength={2000}
        />
        <button type="submit" className="btn st-btn is-main">
          {send}
        </button>
      </Form>
    </Panel>
  )
}

function ObjectiveForm({ edition, section, once }: Props & { section: SectionDetail }) {
  const { desk: t, report } = useReportWords()
  const refused = useRefusedAct('add-objective', section.id)
  const next = Math.max(0, ...section.objectives.map((one) => one.number)) + 1
  const id = (field: string) => `objective-${section.id}-${field}`
  return (
    <Panel label={t.addObjective} refused={refused}>
      <Form method="post" key={`${edition.version} ${next}`}>
        <ActField act="add-objective" part={section.id} version={edition.version} />
        <Once token={`${once}-${section.code}`} />
        <TextField
          {...{ name: 'number', inputId: id('number'), refused }}
          label={`${t.fields.number}, ${report.sectionShort(section.code)}`}
          initial={String(next)}
          required
          inputMode="numeric"
          maxLength={2}
        />
        <TextField
          {...{ name: 'title', inputId: id('title'), label: t.fields.title, refused }}
          required
          maxLength={200}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}
