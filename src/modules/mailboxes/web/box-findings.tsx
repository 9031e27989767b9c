import { Form, Link, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { BoxFinding } from '../box-schema.ts'
import type { loader } from './box.tsx'
import { useBoxTexts } from './box-texts.ts'

/** What is to be looked at about the mailbox, each with its evidence; put aside with a reason. */
export function BoxFindingsPart() {
  const { box } = useLoaderData<typeof loader>()
  const t = useBoxTexts().page.box
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.findings}</h2>
      {box.findings.length === 0 && <p>{t.noFindings}</p>}
      {box.findings.map((finding) => (
        <OneFinding key={`${finding.code} ${finding.about}`} finding={finding} />
      ))}
    </section>
  )
}

function OneFinding({ finding }: { finding: BoxFinding }) {
  const { mayManage } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page.box
  const { code, aside, sentence, otherId } = finding
  return (
    <article className="mb-3" aria-label={texts.findings[code]}>
      <h3 className="st-h3 mb-0">
        <span className={`st-state ${aside === null ? 'st-warn' : 'st-idle'}`}>{texts.findings[code]}</span>
      </h3>
      <p className="mb-1">
        {sentence} {otherId !== null && <Link to={`/caselle/${otherId}`}>{t.other}</Link>}
      </p>
      {aside !== null && (
        <p className="st-small st-quiet mb-1">
          {t.asideBy(aside.by, aside.reason)} (<When at={aside.at} isShort />)
        </p>
      )}
      {mayManage && (aside === null ? <PutAside finding={finding} /> : <Resume finding={finding} />)}
    </article>
  )
}

function PutAside({ finding: { code, about } }: { finding: BoxFinding }) {
  const t = useBoxTexts().page.box
  const part = `${code} ${about}`
  const refused = useRefusedAct('aside', part)
  return (
    <Panel label={t.putAside} refused={refused}>
      <Form method="post">
        <ActField act="aside" part={part} />
        <Which code={code} about={about} />
        <LongField
          name="reason"
          inputId={`reason-${part.replace(/\W+/g, '-')}`}
          label={t.reason}
          hint={t.reasonHint}
          refused={refused}
          required
          rows={2}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.putAside}
        </button>
      </Form>
    </Panel>
  )
}

function Resume({ finding: { code, about } }: { finding: BoxFinding }) {
  const t = useBoxTexts().page.box
  return (
    <Form method="post">
      <ActField act="resume" />
      <Which code={code} about={about} />
      <button type="submit" className="btn st-btn is-plain">
        {t.resume}
      </button>
    </Form>
  )
}

function Which({ code, about }: { code: string; about: string }) {
  return (
    <>
      <input type="hidden" name="finding" value={code} />
      <input type="hidden" name="about" value={about} />
    </>
  )
}
