import { Form, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { fileSize } from '../../../platform/texts.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { ChoiceField, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page } from '../../../web/visit.ts'
import { listAside } from '../set-aside.ts'
import type { AsideMessage } from '../wave-schema.ts'
import { type AsideChoice, asideChoices } from '../wave-vocabulary.ts'
import { chooseFromForm, numberOf } from './wave-actions.ts'
import { nameOf, useWaveWords } from './wave-words.ts'

export const loader = page(async (ctx, { params }) => {
  const number = numberOf(params.number)
  return {
    number,
    mayChoose: may(ctx.actor, 'mailboxes.copy'),
    ...(await listAside(ctx, number, uuidOf(params.mailboxId))),
  }
})

export const action = form(async (ctx, form, { params }) => {
  const number = numberOf(params.number)
  const mailboxId = uuidOf(params.mailboxId)
  await chooseFromForm(ctx, number, mailboxId, form)
  return redirect(`/caselle/gruppi/${number}/${mailboxId}/messaggi`)
})

/** Messages that could not be copied as they are: what is to become of each. */
export default function AsidePage() {
  const { number: wave, box, messages, isBack, mayChoose } = useLoaderData<typeof loader>()
  const { t: all, number, words } = useWaveWords()
  const t = all.aside
  const refused = useRefusedAct('choose')
  const title = t.title(nameOf(box))
  const open = messages.filter(({ choice }) => choice === null).length
  const c = t.columns
  const side = isBack ? t.back : t
  const choices = choiceWords(isBack, words, t)
  return (
    <StaffPage title={title}>
      <Crumb to={`/caselle/gruppi/${wave}`} label={all.one(wave)} title={title} />
      <h1 className="st-title">{title}</h1>
      <p className="st-lead">{messages.length === 0 ? t.none : t.sentence(number(open), number(messages.length))}</p>
      <RefusedNotice refused={refused} />
      {messages.length > 0 && (
        <Form method="post">
          <input type="hidden" name="act" value="choose" />
          <DataTable
            caption={side.caption}
            columns={[c.pick, c.folder, { label: c.size, isNumber: true }, c.day, c.why, c.choice]}
          >
            {messages.map((message) => (
              <Line key={keyOf(message)} message={message} choices={choices} mayChoose={mayChoose} />
            ))}
          </DataTable>
          {mayChoose && (
            <div className="st-form mt-3">
              <ChoiceField
                name="choice"
                label={t.chosen}
                options={asideChoices.map((value) => ({ value, label: choices[value] }))}
                initial="leave"
                refused={refused}
              />
              <ul className="st-small st-quiet">
                {asideChoices.map((choice) => (
                  <li key={choice}>
                    {choices[choice]}: {side.explain[choice]}
                  </li>
                ))}
              </ul>
              <TextField name="note" label={t.note} refused={refused} isOptional />
              <button type="submit" className="btn st-btn is-main">
                {t.save}
              </button>
            </div>
          )}
        </Form>
      )}
      {mayChoose && messages.some(({ isKept }) => isKept) && (
        <p className="mt-3">
          <a href={`/caselle/gruppi/${wave}/${box.mailboxId}/messaggi.mbox`}>{t.download}</a>
        </p>
      )}
    </StaffPage>
  )
}

const keyOf = ({ folderId, uidvalidity, uid }: AsideMessage) => `${folderId} ${uidvalidity} ${uid}`

// On the way back what stays is at the new server.
const choiceWords = (isBack: boolean, words: Words['words'], t: Words['t']['aside']) =>
  isBack ? { ...words.choices, leave: t.back.leave } : words.choices

type Words = ReturnType<typeof useWaveWords>
type LineProps = { message: AsideMessage; choices: Record<AsideChoice, string>; mayChoose: boolean }

function Line({ message, choices, mayChoose }: LineProps) {
  const { t: all, language } = useWaveWords()
  const t = all.aside
  const { folder, uid, size, receivedAt, state, reason, choice, isKept } = message
  return (
    <tr>
      <td>
        {mayChoose && (
          <input type="checkbox" name="message" value={keyOf(message)} className="st-check" aria-label={t.pick(uid)} />
        )}{' '}
        {uid}
      </td>
      <th scope="row">{folder}</th>
      <td className="st-num">{fileSize(size, language)}</td>
      <td>{receivedAt === null ? '—' : <When at={receivedAt} isShort />}</td>
      <td>
        <span className={`st-state st-${state === 'refused' ? 'late' : 'warn'}`}>
          {state === 'refused' ? t.refused : t.altered}
        </span>
        <span className="st-sub">{reason}</span>
      </td>
      <td>
        {choice === null ? t.undecided : choices[choice]}
        {choice === 'export' && <span className="st-sub">{isKept ? t.kept : t.notKept}</span>}
      </td>
    </tr>
  )
}
