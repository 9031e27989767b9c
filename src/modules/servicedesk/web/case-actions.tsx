import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import { Key } from '../../../web/ui/key.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { CaseDetail } from '../schema.ts'
import { ActForm, openAct, Send, Unfold } from './act-form.tsx'
import { DeliverAction } from './case-goods.tsx'
import {
  type ActionProps,
  ChangeKindAction,
  DecideActions,
  DuplicateAction,
  EstimateAction,
  PauseAction,
  PromiseAction,
  ReclassifyAction,
  VisitAction,
} from './case-more-actions.tsx'
import { useDeskTexts } from './texts.ts'
import { useKeys } from './use-keys.ts'

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
  useKeys(hasShortcuts, {
    p: press('#take'),
    s: () => openAct('resolve'),
    a: () => openAct('assign'),
    d: () => openAct('promise'),
  })
  const { may } = found
  const typedIn = (act: string) => (refused?.values.act === act ? refused : undefined)
  if (!may.take && !may.resolve && !may.assign && !may.decide && !may.consent && !may.erase) return null
  return (
    <section aria-labelledby="act">
      <h2 id="act" className="st-h2">
        {t.what}
      </h2>
      <div className="st-actions">
        <DecideActions found={found} refused={refused} />
        {may.take && <TakeAction found={found} />}
        {may.resume && found.waitingFor !== null && found.waitingFor !== 'user' && <ResumeAction found={found} />}
        {may.resolve && <ResolveAction found={found} refused={typedIn('resolve')} />}
        {may.ask && <AskAction found={found} refused={typedIn('ask')} />}
        {may.assign && <AssignAction found={found} teams={teams} refused={typedIn('assign')} />}
        {may.promise && <PromiseAction found={found} refused={typedIn('promise')} />}
        {may.deliver && <DeliverAction found={found} refused={typedIn('deliver')} />}
        {may.estimate && <EstimateAction found={found} refused={typedIn('estimate')} />}
        {may.pause && <PauseAction found={found} refused={typedIn('pause')} />}
        {may.visit && <VisitAction found={found} refused={typedIn('visit')} />}
        {may.reclassify && <ReclassifyAction found={found} refused={typedIn('reclassify')} />}
        {may.changeKind && <ChangeKindAction found={found} refused={typedIn('change_kind')} />}
        {may.markDuplicate && <DuplicateAction found={found} refused={typedIn('duplicate')} />}
        {may.erase && <EraseAction found={found} refused={typedIn('erase')} />}
      </div>
    </section>
  )
}

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

function ResumeAction({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().work.acts
  return (
    <ActForm found={found} act="resume">
      <Send label={t.resume} />
    </ActForm>
  )
}

function ResolveAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().pages.case
  return (
    <Unfold id="resolve" label={t.resolve} letter="S" isMain={!found.may.take} isOpen={refused !== undefined}>
      <ActForm found={found} act="resolve">
        <LongField name="note" refused={refused} label={t.resolveNote} required rows={3} />
        <Send label={t.resolve} />
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
        <Send label={t.askSend} />
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
        <Send label={t.assignSend} />
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
        <Send label={t.eraseSend} />
      </ActForm>
    </Unfold>
  )
}
