import { Link, redirect, useActionData, useLoaderData } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { answerContest, listContests, settleContest, withdrawContest } from '../contests.ts'
import { decideExclusion, listExclusions } from '../exclusions.ts'
import type {
  AnswerContestInput,
  ContestRow,
  DecideExclusionInput,
  ExclusionRow,
  SettleContestInput,
} from '../schema.ts'
import { AnswerForm, SettleForm } from './contest-forms.tsx'
import { ContractPage } from './contract-page.tsx'
import { numberOrNull } from './form-numbers.ts'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx) => ({
  contests: (await listContests(ctx)).toReversed(),
  exclusions: (await listExclusions(ctx)).toReversed(),
  side: ctx.actor.partyKind,
  mayContest: may(ctx.actor, 'contract.contest'),
  mayDecide: may(ctx.actor, 'contract.decide'),
}))

export const action = form(async (ctx, form) => {
  const { act, id, once: _, version, ...input } = formObject(form)
  const seen = { ...input, version: Number(version) }
  const on = String(id ?? '')
  // Each operation parses what it is given, whatever the form sent.
  if (act === 'answer') await answerContest(ctx, on, seen as AnswerContestInput)
  else if (act === 'withdraw') await withdrawContest(ctx, on, seen as AnswerContestInput)
  else if (act === 'settle') {
    const counts = {
      inTime: numberOrNull(input.inTime),
      total: numberOrNull(input.total),
      days: numberOrNull(input.days),
    }
    await settleContest(ctx, on, { ...seen, ...counts } as SettleContestInput)
  } else await decideExclusion(ctx, on, { ...seen, verdict: act } as DecideExclusionInput)
  return redirect(`/contratto/contestazioni#${on}`)
})

const marks = { open: 'st-warn', answered: 'st-warn', agreed: 'st-ok', withdrawn: 'st-idle' } as const

/** What one side says is wrong, what the other answers, and the figure both stand on. */
export default function ContestsPage() {
  const { contests, exclusions, side, mayContest, mayDecide } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { pages } = useContractTexts()
  const t = pages.contests
  const open = contests.filter(({ state, isLapsed }) => (state === 'open' || state === 'answered') && !isLapsed)
  return (
    <ContractPage title={t.title} lead={t.lead(open.length)}>
      <RefusedNotice refused={refused} />
      {contests.length === 0 && <p>{t.none}</p>}
      {contests.map((contest) => (
        <Contest
          key={contest.id}
          contest={contest}
          canAnswer={mayContest && side !== contest.raisedBy}
          canWithdraw={mayContest && side === contest.raisedBy}
          canSettle={mayDecide && side === 'administration'}
        />
      ))}
      <section className="st-section">
        <h2 id="esclusioni" className="st-h2">
          {t.exclusions}
        </h2>
        {exclusions.length === 0 ? <p>{t.noExclusions}</p> : <Exclusions rows={exclusions} mayDecide={mayDecide} />}
      </section>
    </ContractPage>
  )
}

function Contest({
  contest,
  canAnswer,
  canWithdraw,
  canSettle,
}: {
  contest: ContestRow
  canAnswer: boolean
  canWithdraw: boolean
  canSettle: boolean
}) {
  const { pages, contestReasons, period, date, value } = useContractTexts()
  const t = pages.contests
  const isOpen = contest.state === 'open' || contest.state === 'answered'
  return (
    <section className="st-section" aria-labelledby={contest.id}>
      <h2 id={contest.id} className="st-h3">
        <Link to={`/contratto/${contest.period}/${contest.indicator}`}>
          {contest.indicator} {contest.service}, {period(contest.period)}
        </Link>
        : {contestReasons[contest.reason]}
      </h2>
      <p>
        <span className={`st-state ${contest.isLapsed ? 'st-late' : marks[contest.state]}`}>
          {contest.isLapsed ? t.lapsed : t.states[contest.state]}
        </span>{' '}
        <span className="st-quiet">
          {t.by[contest.raisedBy]}, <When at={contest.raisedAt} isShort />
          {contest.cases > 0 && `, ${t.cases(contest.cases)}`}
          {isOpen && `, ${t.until(date(contest.dueOn))}`}
        </span>
      </p>
      <div className="st-talk">
        <p>{contest.what ?? t.erased}</p>
        {contest.evidence !== '' && (
          <p className="st-small st-quiet">
            {t.evidence}: {contest.evidence}
          </p>
        )}
      </div>
      {contest.answer !== null && (
        <p>
          <strong>{t.answer}:</strong> {contest.answer}
        </p>
      )}
      {contest.agreed?.value && (
        <p>
          <strong>
            {t.agreed}: {contest.agreed.inTime !== null && `${contest.agreed.inTime} / ${contest.agreed.total} · `}
            {value(contest.agreed.value)} {contest.agreed.days === null ? '%' : pages.indicators.day}
          </strong>
        </p>
      )}
      {isOpen && canAnswer && <AnswerForm contest={contest} act="answer" label={t.answer} submit={t.answerSubmit} />}
      {isOpen && canWithdraw && <AnswerForm contest={contest} act="withdraw" label={t.why} submit={t.withdraw} />}
      {isOpen && canSettle && <SettleForm contest={contest} />}
    </section>
  )
}

function Exclusions({ rows, mayDecide }: { rows: readonly ExclusionRow[]; mayDecide: boolean }) {
  const { pages } = useContractTexts()
  const t = pages.contests
  return (
    <ScrollRegion label={t.exclusions}>
      <table className="st-table">
        <caption className="visually-hidden">{t.exclusions}</caption>
        <thead>
          <tr>
            {(['case', 'indicator', 'reason', 'document', 'state', 'act'] as const).map((column) => (
              <th key={column} scope="col">
                {t.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ExclusionLine key={row.id} row={row} mayDecide={mayDecide} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function ExclusionLine({ row, mayDecide }: { row: ExclusionRow; mayDecide: boolean }) {
  const { pages, exclusionReasons, period } = useContractTexts()
  const t = pages.contests
  return (
    <tr id={row.id}>
      <th scope="row">
        <Link to={`/richieste/${row.caseId}`}>{row.number}</Link>
      </th>
      <td>
        {row.indicator}, {period(row.period)}
      </td>
      <td>
        {exclusionReasons[row.reason]}
        {row.clause !== '' && <span className="st-sub">{row.clause}</span>}
      </td>
      <td>{row.document}</td>
      <td>
        <span
          className={`st-state ${row.state === 'asked' ? 'st-warn' : row.state === 'refused' ? 'st-idle' : 'st-ok'}`}
        >
          {t.exclusionStates[row.state]}
        </span>
      </td>
      <td>
        {row.state === 'asked' && mayDecide && (
          <form method="post" className="st-row">
            <input type="hidden" name="id" value={row.id} />
            <input type="hidden" name="version" value={row.version} />
            <input
              className="form-control st-field"
              name="what"
              aria-label={`${t.why}: ${row.number}`}
              placeholder={t.why}
              required
            />
            <button className="btn st-btn is-plain" type="submit" name="act" value="accept">
              {t.accept}
            </button>
            <button className="btn st-btn is-plain" type="submit" name="act" value="refuse">
              {t.refuse}
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}
