import type { ReactNode } from 'react'
import { Form } from 'react-router'
import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import { Key } from '../../../web/ui/key.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { CaseDetail } from '../schema.ts'
import { useDeskTexts } from './texts.ts'
import { useKeys } from './use-keys.ts'

/** What the asker is asked: is it resolved? And the way out, while it is not. */
export function AskerActions({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().pages.case
  if (found.may.confirm) {
    return (
      <div className="st-notice" id="riapri">
        <p className="st-strong">{t.isItResolved}</p>
        <div className="st-row">
          <ActForm found={found} act="confirm">
            <button type="submit" className="btn st-btn is-main">
              {t.confirm}
            </button>
          </ActForm>
        </div>
        <ActForm found={found} act="reopen">
          <LongField name="reason" label={t.reopenReason} required rows={2} />
          <button type="submit" className="btn st-btn is-plain">
            {t.reopen}
          </button>
        </ActForm>
        {found.closesAt && (
          <p className="st-small mt-2">
            {t.silence} <When at={found.closesAt} />.
          </p>
        )}
      </div>
    )
  }
  if (!found.may.cancel) return null
  return (
    <ActForm found={found} act="cancel">
      <button type="submit" className="btn st-btn is-plain">
        {t.cancel}
      </button>
    </ActForm>
  )
}

type Team = { id: string; name: string }

/** What staff do next, the likeliest first; one filled button. Each opens its form in place, also without JavaScript. */
export function StaffActions({
  found,
  teams,
  refused,
}: {
  found: CaseDetail
  teams: Team[]
  refused: Refused | undefined
}) {
  const { hasShortcuts } = useShell()
  const t = useDeskTexts().pages.case
  const press = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.click()
  useKeys(hasShortcuts, { p: press('#take'), s: press('#resolve > summary'), a: press('#assign > summary') })
  const { may } = found
  const typedIn = (act: string) => (refused?.values.act === act ? refused : undefined)
  if (!may.take && !may.resolve && !may.assign && !may.ask && !may.erase) return null
  return (
    <section aria-labelledby="act">
      <h2 id="act" className="st-h2">
        {t.what}
      </h2>
      <div className="st-actions">
        {may.take && <TakeAction found={found} />}
        {may.resolve && <ResolveAction found={found} refused={typedIn('resolve')} />}
        {may.ask && <AskAction found={found} refused={typedIn('ask')} />}
        {may.assign && <AssignAction found={found} teams={teams} refused={typedIn('assign')} />}
        {may.erase && <EraseAction found={found} refused={typedIn('erase')} />}
      </div>
    </section>
  )
}

type ActionProps = { found: CaseDetail; refused: Refused | undefined }

function TakeAction({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().pages.case
  return (
    <ActForm found={found} act="take">
      <button id="take" type="submit" className="btn st-btn is-main w-100">
        {t.take} <Key>P</Key>
      </button>
    </ActForm>
  )
}

function ResolveAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().pages.case
  return (
    <Unfold id="resolve" label={t.resolve} letter="S" isMain={!found.may.take} isOpen={refused !== undefined}>
      <ActForm found={found} act="resolve">
        <LongField name="note" refused={refused} label={t.resolveNote} required rows={3} />
        <button type="submit" className="btn st-btn is-plain">
          {t.resolve}
        </button>
      </ActForm>
    </Unfold>
  )
}

function AskAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().pages.case
  return (
    <Unfold id="ask" label={t.ask} isOpen={refused !== undefined}>
      <ActForm found={found} act="ask">
        <LongField name="body" refused={refused} inputId="question" label={t.question} required rows={3} />
        <button type="submit" className="btn st-btn is-plain">
          {t.askSend}
        </button>
      </ActForm>
    </Unfold>
  )
}

function AssignAction({ found, teams, refused }: ActionProps & { teams: Team[] }) {
  const t = useDeskTexts().pages.case
  const others = teams.filter((team) => team.id !== found.teamId)
  return (
    <Unfold id="assign" label={t.assign} letter="A" isOpen={refused !== undefined}>
      <ActForm found={found} act="assign">
        <SelectField
          name="teamId"
          refused={refused}
          label={t.team}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <TextField
          name="note"
          refused={refused}
          inputId="assign-note"
          label={t.assignNote}
          isOptional
          maxLength={2000}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.assignSend}
        </button>
      </ActForm>
    </Unfold>
  )
}

function EraseAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().pages.case
  return (
    <Unfold id="erase" label={t.erase} isOpen={refused !== undefined}>
      <ActForm found={found} act="erase">
        <p className="st-small">{t.eraseHint}</p>
        <TextField
          name="reason"
          refused={refused}
          inputId="erase-reason"
          label={t.eraseReason}
          required
          minLength={3}
          maxLength={500}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.eraseSend}
        </button>
      </ActForm>
    </Unfold>
  )
}

function Unfold({
  id,
  label,
  letter,
  isMain = false,
  isOpen = false,
  children,
}: {
  id: string
  label: string
  letter?: string
  isMain?: boolean
  isOpen?: boolean
  children: ReactNode
}) {
  return (
    <details id={id} open={isOpen || undefined}>
      <summary className={isMain ? 'btn st-btn is-main' : undefined}>
        {label}
        {letter && (
          <>
            {' '}
            <Key>{letter}</Key>
          </>
        )}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}

function ActForm({ found, act, children }: { found: CaseDetail; act: string; children: ReactNode }) {
  return (
    <Form method="post" action={`/richieste/${found.id}`}>
      <input type="hidden" name="version" value={found.version} />
      <input type="hidden" name="act" value={act} />
      {children}
    </Form>
  )
}
