import type { ReactNode } from 'react'
import { Form } from 'react-router'
import { dayAndTime } from '../../../platform/texts.ts'
import { LongField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { LinkView } from '../mail-links.ts'
import { useOutgoingTexts } from './outgoing-texts.ts'

type Open = Extract<LinkView, { standing: 'open' }>
type Props = { view: Open; refused: Refused | undefined }

/** What may be answered through this link: plain forms, the same without JavaScript. */
export function LinkForms({ view, refused }: Props) {
  if (view.purpose === 'answer') return <AnswerForms view={view} refused={refused} />
  if (view.purpose === 'reply') return <ReplyForm view={view} refused={refused} />
  return <ReceiptForms view={view} refused={refused} />
}

function AnswerForms({ view, refused }: Props) {
  const { language, now } = useShell()
  const t = useOutgoingTexts().pages.link.answer
  return (
    <>
      <Said label={t.how} words={view.words} />
      <Form method="post" reloadDocument className="mb-4">
        <ActButton act="confirmed" isMain>
          {t.yes}
        </ActButton>
      </Form>
      <h2 className="st-h2">{t.notYet}</h2>
      <Form method="post" reloadDocument className="st-form">
        <LongField name="reason" label={t.reason} refused={refused} required maxLength={20_000} />
        <div className="st-row">
          <ActButton act="partly">{t.partly}</ActButton>
          <ActButton act="no">{t.no}</ActButton>
        </div>
      </Form>
      <p className="mt-3">
        {t.until} <time dateTime={view.expiresAt}>{dayAndTime(view.expiresAt, now, view.zone, language)}</time>
      </p>
    </>
  )
}

function ReplyForm({ view, refused }: Props) {
  const t = useOutgoingTexts().pages.link.reply
  return (
    <>
      <Said label={t.question} words={view.words} />
      <Form method="post" reloadDocument className="st-form">
        <LongField name="body" label={t.body} refused={refused} required maxLength={20_000} />
        <ActButton act="replied" isMain>
          {t.send}
        </ActButton>
      </Form>
    </>
  )
}

function ReceiptForms({ view, refused }: Props) {
  const { language, now } = useShell()
  const t = useOutgoingTexts().pages.link.receipt
  return (
    <>
      <p>
        {t.called}{' '}
        <strong>
          <time dateTime={view.calledAt}>{dayAndTime(view.calledAt, now, view.zone, language)}</time>
        </strong>
      </p>
      <Form method="post" reloadDocument className="mb-4">
        <ActButton act="call_confirmed" isMain>
          {t.yes}
        </ActButton>
      </Form>
      <h2 className="st-h2">{t.wrong}</h2>
      <Form method="post" reloadDocument className="st-form">
        <TextField
          name="calledAt"
          type="datetime-local"
          label={t.when}
          initial={view.calledLocal}
          refused={refused}
          required
        />
        <ActButton act="call_corrected">{t.correct}</ActButton>
      </Form>
    </>
  )
}

function Said({ label, words }: { label: string; words: string }) {
  if (words === '') return null
  return (
    <div className="st-notice">
      <p className="st-strong">{label}</p>
      <p className="st-body">{words}</p>
    </div>
  )
}

function ActButton({ act, isMain = false, children }: { act: string; isMain?: boolean; children: ReactNode }) {
  return (
    <button type="submit" name="act" value={act} className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>
      {children}
    </button>
  )
}
