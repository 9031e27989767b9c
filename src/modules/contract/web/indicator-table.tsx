import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ShownFigure, Verification, VerifiedIndicator } from '../schema.ts'
import { inOrder, type LineState, stateOf } from './line-state.ts'
import { useContractTexts } from './words.ts'

const columns = ['target', 'declared', 'observed', 'agreed', 'proved', 'margin', 'penalty'] as const

/** Declared beside observed beside agreed, those that need somebody first; each opens into its cases. */
export function IndicatorTable({
  verification,
  lines,
  sourceAct,
}: {
  verification: Verification
  lines: readonly VerifiedIndicator[]
  sourceAct: string | null
}) {
  const { pages, amount } = useContractTexts()
  const t = pages.indicators
  const sorted = inOrder(lines)
  const groups = [
    ['attention', sorted.filter((line) => ['below', 'edge', 'check'].includes(stateOf(line)))],
    ['fine', sorted.filter((line) => stateOf(line) === 'fine')],
    ['silent', sorted.filter((line) => stateOf(line) === 'silent')],
  ] as const
  return (
    <ScrollRegion label={t.scroll}>
      <table className="st-table">
        <caption>{sourceAct === null ? t.caption : t.captionSource(sourceAct)}</caption>
        <Head />
        {groups.map(([name, rows]) =>
          rows.length === 0 ? null : (
            <tbody key={name}>
              <tr className="st-group">
                <th colSpan={10} scope="rowgroup">
                  {t.groups[name](rows.length)}
                </th>
              </tr>
              {rows.map((line) => (
                <IndicatorRow key={`${line.code} ${line.service} ${line.scope} ${line.period}`} line={line} />
              ))}
            </tbody>
          ),
        )}
        <tfoot>
          <tr>
            <th scope="row" colSpan={8}>
              {verification.isApproved ? t.totalApproved : t.total}
            </th>
            <td className="st-num">
              {amount(verification.isApproved ? verification.totals.onAgreed : verification.totals.onObserved)}
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  )
}

function Head() {
  const { pages } = useContractTexts()
  const t = pages.indicators
  return (
    <thead>
      <tr className="st-grouphead">
        <td colSpan={3} />
        <th scope="colgroup" colSpan={3}>
          {t.valueGroup}
        </th>
        <td colSpan={4} />
      </tr>
      <tr>
        <th scope="col">{t.columns.indicator}</th>
        <th scope="col">{t.columns.state}</th>
        {columns.map((column) => (
          <th key={column} scope="col" className="st-num st-wrap">
            {t.columns[column]}
          </th>
        ))}
        <th scope="col">
          <span className="visually-hidden">{t.columns.open}</span>
        </th>
      </tr>
    </thead>
  )
}

/** Where a line is opened. */
export function lineAddress(line: Pick<VerifiedIndicator, 'code' | 'service' | 'period' | 'isSubset'>): string {
  const service = line.isSubset ? `?servizio=${line.service}` : ''
  return `/contratto/${line.period}/${line.code}${service}`
}

function IndicatorRow({ line }: { line: VerifiedIndicator }) {
  const { pages, amount, value } = useContractTexts()
  const { language } = useShell()
  const t = pages.indicators
  const penalty = worthNow(line)
  const share = line.observed?.provedShare ?? null
  return (
    <tr>
      <th scope="row">
        {line.code} {line.label}
        {line.scope !== '' && ` · ${line.scope}`}
        <span className="st-sub">{useSize(line)}</span>
      </th>
      <td>
        <LineStateMark line={line} />
      </td>
      <td className="st-num">{sayTarget(line, t.day, language)}</td>
      <FigureCell figure={line.declared} line={line} absent={t.notDeclared} />
      <FigureCell figure={line.observed} line={line} absent={t.none} isStrong />
      <FigureCell figure={line.agreed} line={line} absent={line.declared === null ? t.none : t.inProgress} isQuiet />
      <td className="st-num">
        {share === null ? (
          t.none
        ) : (
          <>
            {Math.floor(share * 100)} %
            <meter
              min={0}
              max={100}
              value={Math.floor(share * 100)}
              aria-label={t.proved(line.code, String(Math.floor(share * 100)))}
            />
          </>
        )}
      </td>
      <td className="st-num">{useMargin(line)}</td>
      <td className="st-num">
        {amount(penalty)}
        {line.penalty.recurrence !== null && (
          <span className="st-sub st-wrap">
            {value(line.penalty.rate ?? '0.00')} %, {t.recurrence[line.penalty.recurrence]}
            {line.penalty.provisional && line.penalty.ifEarlierFalls !== null && (
              <> · {t.provisional(amount(line.penalty.ifEarlierFalls))}</>
            )}
          </span>
        )}
      </td>
      <td>
        <Link to={lineAddress(line)} aria-label={t.openLine(`${line.code} ${line.service}`)}>
          {t.openWord}
        </Link>
      </td>
    </tr>
  )
}

/** What the line is worth as things stand: on what is agreed, else observed, else declared. */
export function worthNow({ agreed, observed, penalty }: VerifiedIndicator): string {
  if (agreed !== null) return penalty.onAgreed
  return observed !== null ? penalty.onObserved : penalty.onDeclared
}

function FigureCell({
  figure,
  line,
  absent,
  isStrong = false,
  isQuiet = false,
}: {
  figure: ShownFigure | null
  line: VerifiedIndicator
  absent: string
  isStrong?: boolean
  isQuiet?: boolean
}) {
  const { value, pages } = useContractTexts()
  const look = figure === null || figure.value === null ? ' st-quiet' : isStrong ? ' st-strong' : isQuiet ? '' : ''
  return (
    <td className={`st-num${look}`}>
      {figure === null || figure.value === null
        ? absent
        : `${value(figure.value)} ${line.measure === 'mean_days' ? pages.indicators.day : '%'}`}
    </td>
  )
}

/** ">= 95.00 %" as people read it: "≥ 95 %". */
export function sayTarget({ target }: Pick<VerifiedIndicator, 'target'>, days: string, language: 'it' | 'en'): string {
  const [op = '', number = '', unit = ''] = target.split(' ')
  const plain = number.replace(/\.00$/, '').replace(/0$/, '')
  const sign = op === '>=' ? '≥' : op === '<=' ? '≤' : op
  return `${sign} ${language === 'it' ? plain.replace('.', ',') : plain} ${unit === 'days' ? days : unit}`
}

function useSize(line: VerifiedIndicator): string {
  const { pages, period } = useContractTexts()
  const { language } = useShell()
  const t = pages.indicators
  const size = line.observed?.total ?? line.declared?.total ?? null
  const count = size === null ? '' : wholeNumber(size, language)
  const parts = [
    line.period.includes('Q') ? '' : period(line.period),
    line.isSubset ? line.service : '',
    line.measure === 'uptime' || size === null
      ? ''
      : line.measure === 'lost_calls'
        ? t.calls(count)
        : line.measure === 'mean_days'
          ? t.deliveries(count)
          : t.items(count),
    line.flags.includes('smallSample') ? t.few : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function useMargin(line: VerifiedIndicator): string {
  const { pages } = useContractTexts()
  const { language } = useShell()
  const t = pages.indicators
  const n = (value: number) => wholeNumber(value, language)
  if (line.met === false) return t.past
  if (line.measure === 'uptime') return line.marginTurned === null ? t.none : sayMinutes(line.marginTurned)
  if (line.marginDays !== null) return t.days(n(line.marginDays))
  if (line.marginTurned === null) return t.none
  return line.measure === 'lost_calls' ? t.lost(n(line.marginTurned)) : t.turned(n(line.marginTurned))
}

/** "2 h 15 min" of minutes: what a server may still be down. */
function sayMinutes(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const marks: Record<LineState, string> = {
  below: 'st-late',
  edge: 'st-warn',
  check: 'st-warn',
  fine: 'st-ok',
  silent: 'st-idle',
}

/** Where a line stands: word, colour, shape, and why in a few words. */
export function LineStateMark({ line }: { line: VerifiedIndicator }) {
  const { pages, outcomes, flags } = useContractTexts()
  const { language } = useShell()
  const t = pages.indicators
  const state = stateOf(line)
  const word =
    state === 'edge'
      ? t.edge
      : state === 'check'
        ? t.check
        : state === 'below'
          ? outcomes[missed(line)]
          : outcomes[line.outcome]
  const told = line.agreed ?? line.observed ?? line.declared
  const late = told?.total != null && told.inTime !== null ? told.total - told.inTime : null
  const shown = line.flags
    .filter((flag) => flag !== 'singleThreshold' && flag !== 'smallSample')
    .map((flag) => flags[flag])
  const why =
    state === 'below' && late !== null && line.measure !== 'uptime'
      ? t.late(wholeNumber(late, language), wholeNumber(told?.total ?? 0, language))
      : shown.slice(0, 2).join(', ')
  return (
    <>
      <span className={`st-state ${marks[state]}`}>{word}</span>
      {why !== '' && <span className="st-sub">{why}</span>}
    </>
  )
}

// A line that was due and not declared is that first; on what was observed it may also be missed.
function missed(line: VerifiedIndicator): 'inadequate' | 'unacceptable' {
  return line.outcome === 'inadequate' ? 'inadequate' : 'unacceptable'
}
