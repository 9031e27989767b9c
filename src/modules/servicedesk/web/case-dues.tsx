import { Link } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { CaseDetail, ClockRow } from '../schema.ts'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'
import { TimeLeft } from './time-left.tsx'

/** Two deadlines side by side: the one told to the user, the one of the contract. */
export function CaseDues({ found, isTraced }: { found: CaseDetail; isTraced: boolean }) {
  const t = useDeskTexts().work.dues
  return (
    <section aria-labelledby="dues">
      <h2 id="dues" className="visually-hidden">
        {t.title}
      </h2>
      <dl className="st-dues">
        <ToldDue found={found} />
        <ContractDue found={found} />
      </dl>
      <p>
        <Link to={isTraced ? '?' : '?scadenze#scadenze'} preventScrollReset>
          {isTraced ? t.hide : t.explain}
        </Link>
      </p>
    </section>
  )
}

function ToldDue({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().work.dues
  const promised = newest(found, 'promised')
  const resolution = newest(found, 'resolution')
  if (promised !== undefined) {
    return (
      <div>
        <dt>{t.told}</dt>
        <Due clock={promised} found={found} />
        {found.firstPromisedAt !== null && found.firstPromisedAt !== found.promisedAt && (
          <dd className="st-quiet">
            {t.before} <When at={found.firstPromisedAt} />.
          </dd>
        )}
      </div>
    )
  }
  return (
    <div>
      <dt>{resolution ? t.target : t.noTarget}</dt>
      {resolution ? <Due clock={resolution} found={found} /> : <dd className="st-due">{t.notYet}</dd>}
    </div>
  )
}

function ContractDue({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().work.dues
  const first = found.clocks.find(({ metric }) => metric === 'promised')
  if (found.indicator === null) {
    return (
      <div>
        <dt>{t.noIndicator}</dt>
        <dd className="st-quiet">{t.noMeasure}</dd>
      </div>
    )
  }
  const isPromised = found.indicator.startsWith('B.')
  return (
    <div>
      <dt>{t.contract(found.indicator)}</dt>
      {isPromised && first?.dueAt && (
        <dd className="st-due">
          <When at={first.dueAt} />
        </dd>
      )}
      {isPromised && first?.dueAt && found.resolvedAt === null && (
        <dd>
          <TimeLeft at={first.dueAt} />
        </dd>
      )}
      <dd className="st-quiet">{contractWords(t, found.indicator, first !== undefined)}</dd>
    </div>
  )
}

type Words = ReturnType<typeof useDeskTexts>['work']['dues']

function contractWords(t: Words, indicator: string, hasPromise: boolean): string {
  if (indicator === 'A.3.2') return t.delivery
  if (indicator.startsWith('A.')) return t.twoDays
  return hasPromise ? t.firstHolds : t.byPromise
}

function Due({ clock, found }: { clock: ClockRow; found: CaseDetail }) {
  const t = useDeskTexts().work.dues
  return (
    <>
      <dd className="st-due">{clock.dueAt === null ? t.notYet : <When at={clock.dueAt} />}</dd>
      <dd>
        {clock.state === 'running' && clock.dueAt !== null && <TimeLeft at={clock.dueAt} />}
        {clock.state === 'paused' && <CaseStateMark state={found.state} waitingFor={found.waitingFor} />}
        {clock.state === 'stopped' && (
          <span className={`st-state ${clock.isLate ? 'st-late' : 'st-ok'}`}>{clock.isLate ? t.late : t.onTime}</span>
        )}
      </dd>
    </>
  )
}

function newest(found: CaseDetail, metric: ClockRow['metric']): ClockRow | undefined {
  return found.clocks.findLast((clock) => clock.metric === metric)
}
