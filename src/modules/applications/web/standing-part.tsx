import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { AreaStanding } from '../standing.ts'
import { areas } from '../vocabulary.ts'
import { useApplicationsTexts, useDays } from './texts.ts'
import type { loader } from './year.tsx'

/** How each area stands, and the items over the maximum. */
export function StandingPart() {
  const { standing } = useLoaderData<typeof loader>()
  const texts = useApplicationsTexts()
  const days = useDays()
  const { page: t } = texts
  if (standing === null) return null
  const c = t.columns
  const number = (label: string) => ({ label, isNumber: true }) as const
  return (
    <section className="st-section">
      <h2 id="quotas" className="st-h2">
        {t.quotas}
      </h2>
      <DataTable
        caption={t.quotas}
        columns={[c.area, c.state, c.used, ...[c.accepted, c.contested, c.left, c.forecast].map(number), c.act]}
      >
        {areas.map((area) => {
          const of = standing[area]
          return (
            <tr key={area}>
              <th scope="row">{texts.areas[area]}</th>
              <td>
                <StandingState of={of} />
              </td>
              <td>
                <UsedMeter of={of} label={texts.areas[area]} />
              </td>
              <td className="st-num">{days(of.accepted)}</td>
              <td className="st-num">{days(of.contested)}</td>
              <td className="st-num st-strong">{of.left === null ? '–' : days(of.left)}</td>
              <td className="st-num">{days(of.forecast)}</td>
              <td>{of.act ?? '–'}</td>
            </tr>
          )
        })}
      </DataTable>
      {areas.map((area) => (
        <Remarks key={area} of={standing[area]} name={texts.areas[area]} />
      ))}
    </section>
  )
}

function StandingState({ of }: { of: AreaStanding }) {
  const { standings } = useApplicationsTexts().page
  if (of.quota === null) return <span className="st-state st-idle">{standings.none}</span>
  if (of.isOver) return <span className="st-state st-late">{standings.over}</span>
  if (of.isAlarm) return <span className="st-state st-warn">{standings.alarm}</span>
  return <span className="st-state st-ok">{standings.well}</span>
}

function UsedMeter({ of, label }: { of: AreaStanding; label: string }) {
  const { page: t } = useApplicationsTexts()
  const days = useDays()
  if (of.quota === null || of.quota === 0) return <>{t.noQuota(days(of.used))}</>
  const said = t.used(days(of.used), days(of.quota))
  return (
    <>
      {said}
      <meter
        min={0}
        max={of.quota}
        low={of.quota * 0.8}
        high={of.quota}
        optimum={0}
        value={Math.min(of.used, of.quota)}
        aria-label={`${label}: ${said}`}
      />
    </>
  )
}

function Remarks({ of, name }: { of: AreaStanding; name: string }) {
  const { page: t } = useApplicationsTexts()
  const days = useDays()
  return (
    <>
      {of.withoutApplication > 0 && (
        <p className="st-small st-quiet">
          {name}: {t.withoutApplication(days(of.withoutApplication))}
        </p>
      )}
      {of.over15.length > 0 && (
        <div className="st-notice is-warn">
          <p>
            <span className="st-state st-warn">{t.over15}</span> {name}. {t.over15Lead(days(of.mostTenths))}
          </p>
          <ul className="mb-0">
            {of.over15.map((item) => (
              <li key={item.entryId}>
                {item.caseId === null ? (
                  <a href={`#entry-${item.entryId}`}>{t.entries}</a>
                ) : (
                  <Link to={`/richieste/${item.caseId}`}>{item.caseNumber}</Link>
                )}
                : {days(item.tenths)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
