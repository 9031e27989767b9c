import { useEffect } from 'react'
import { Form, Link, useFetcher } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { LinkedCase } from '../link-schema.ts'
import type { loader } from './case-links.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { CaseStateMark } from './state.tsx'

export type Links = {
  id: string
  mayLink: boolean
  linked: LinkedRow[]
  similar: LinkedRow[]
  outage: { id: string; title: string; isOpen: boolean } | null
}
type LinkedRow = Pick<LinkedCase, 'id' | 'number' | 'title' | 'state' | 'waitingFor'>

/** Beside a case: what is linked to it, what resembles it, the outage it belongs to. Without JavaScript, a link to them. */
export function LinkedCases({ caseId }: { caseId: string }) {
  const { work } = useKnowledgeTexts()
  const { load, data } = useFetcher<typeof loader>({ key: `links-${caseId}` })
  useEffect(() => void load(`/richieste/${caseId}/collegamenti`), [caseId, load])
  return (
    <section aria-labelledby="links">
      <h2 id="links" className="st-h2">
        <Link to={`/richieste/${caseId}/collegamenti`}>{work.links.title}</Link>
      </h2>
      {data && <LinkLists links={data} />}
    </section>
  )
}

/** The three lists themselves, with what may be done to each line. */
export function LinkLists({ links }: { links: Links }) {
  const t = useKnowledgeTexts().work.links
  const { linked, similar, outage } = links
  return (
    <>
      {outage && (
        <p>
          <span className={`st-state ${outage.isOpen ? 'st-warn' : 'st-ok'}`}>
            {t.outage}, {outage.isOpen ? t.outageOpen : t.outageClosed}
          </span>{' '}
          <Link to={`/guasti/${outage.id}`}>{outage.title}</Link>
        </p>
      )}
      {linked.length === 0 && <p className="st-quiet">{t.none}</p>}
      <CaseLines rows={linked} links={links} act="unlink" />
      {similar.length > 0 && <h3 className="st-h3 mt-2">{t.similar}</h3>}
      <CaseLines rows={similar} links={links} act="link" />
    </>
  )
}

function CaseLines({ rows, links, act }: { rows: LinkedRow[]; links: Links; act: 'link' | 'unlink' }) {
  const t = useKnowledgeTexts().work.links
  const fetcher = useFetcher<Refused | null>()
  if (rows.length === 0) return null
  return (
    <>
      <RefusedNotice refused={fetcher.data ?? undefined} />
      <ul className="st-list st-small">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/richieste/${row.id}`}>{row.number}</Link> {row.title}
            <br />
            <CaseStateMark state={row.state} waitingFor={row.waitingFor} />{' '}
            {links.mayLink && (
              <fetcher.Form method="post" action={`/richieste/${links.id}/collegamenti`} className="d-inline">
                <input type="hidden" name="otherId" value={row.id} />
                <button
                  type="submit"
                  name="act"
                  value={act}
                  className="st-linklike st-link"
                  aria-label={act === 'link' ? t.linkCase(row.number) : t.unlinkCase(row.number)}
                >
                  {act === 'link' ? t.link : t.unlink}
                </button>
              </fetcher.Form>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Linking by number, on the page of its own. */
export function LinkByNumber({ id }: { id: string }) {
  const t = useKnowledgeTexts().work.links
  return (
    <Form method="post" action={`/richieste/${id}/collegamenti`} className="st-row align-items-end mt-3">
      <input type="hidden" name="act" value="link" />
      <div>
        <label className="st-label" htmlFor="number">
          {t.number}
        </label>
        <input id="number" name="number" className="form-control st-field" required autoComplete="off" />
      </div>
      <button type="submit" className="btn st-btn is-plain">
        {t.numberSend}
      </button>
    </Form>
  )
}
