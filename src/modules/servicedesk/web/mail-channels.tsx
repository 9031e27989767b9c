import type { ReactNode } from 'react'
import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../../platform/problem.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { addMailChannel, changeMailChannel, listMailChannels, tryMailChannel } from '../mail-channels.ts'
import type { MailChannel, MailChannelInput } from '../mail-schema.ts'
import { mailEn } from '../texts/mail-en.ts'
import { mailIt } from '../texts/mail-it.ts'
import { ChannelForm } from './mail-channel-form.tsx'
import { useMailTexts, wordsOf } from './mail-texts.ts'

/** After so long without a message somebody should look whether the mailbox is still the right one. */
const silentAfterDays = 7

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'organisation.manage')
  const channels = await listMailChannels(ctx)
  const wanted = new URL(request.url).searchParams.get('casella')
  const chosen = wanted === null ? null : (channels.find(({ id }) => id === wanted) ?? fail(notFound()))
  return { channels, chosen, once: onceToken() }
})

/** What trying a mailbox found, with what was typed, so that a page without JavaScript keeps it. */
export type Tried = { messages: number; values: Record<string, string> }

export const action = form(async (ctx, form, { request }) => {
  const text = (name: string) => String(form.get(name) ?? '')
  const id = new URL(request.url).searchParams.get('casella')
  const input = {
    ...Object.fromEntries(
      ['name', 'address', 'host', 'port', 'security', 'username', 'password', 'folder', 'doneFolder', 'kind'].map(
        (name) => [name, text(name)],
      ),
    ),
    isActive: form.get('isActive') !== null,
  } as MailChannelInput // parsed by the operation
  if (text('act') === 'test') {
    const trial = await tryMailChannel(ctx, input, id)
    const it = `${mailIt.channels.worksNot} `
    const en = `${mailEn.channels.worksNot} `
    if (!trial.isWell)
      throw new Problem('invalid', `mailbox_${trial.code}`, {
        it: it + mailIt.troubles[trial.code],
        en: en + mailEn.troubles[trial.code],
      })
    const { password: _, isActive, ...typed } = input
    return {
      messages: trial.messages,
      values: { ...typed, ...(isActive && { isActive: 'on' }) } as Record<string, string>,
    }
  }
  if (id === null) await addMailChannel(ctx, input)
  else await changeMailChannel(ctx, id, { ...input, version: text('version') })
  return redirect(`/amministrazione/posta?salvato=${id === null ? 'added' : 'changed'}`)
})

/** The mailboxes that are read, how they stand in words, and the form for one of them. */
export default function MailChannelsPage() {
  const { channels, chosen } = useLoaderData<typeof loader>()
  const { t: shell } = useShell()
  const t = useMailTexts().channels
  return (
    <StaffPage title={t.title}>
      <nav aria-label={shell.path}>
        <p className="st-crumb">
          <Link to="/amministrazione">{shell.menu.administration}</Link> /{' '}
          {chosen ? <Link to="/amministrazione/posta">{t.title}</Link> : <span aria-current="page">{t.title}</span>}
          {chosen && (
            <>
              {' '}
              / <span aria-current="page">{chosen.name}</span>
            </>
          )}
        </p>
      </nav>
      <Saved />
      <div className="st-head">
        <div>
          <h1 className="st-title">{chosen ? chosen.name : t.title}</h1>
          <p className="st-lead mb-0">{chosen ? <Condition channel={chosen} /> : t.lead(channels.length)}</p>
        </div>
        <div className="st-row">
          <Link to="/posta">{t.toMail}</Link>
        </div>
      </div>
      {chosen === null && channels.length > 0 && <ChannelTable channels={channels} />}
      <ChannelForm key={chosen?.id ?? 'new'} />
    </StaffPage>
  )
}

function Saved() {
  const [search] = useSearchParams()
  const done = useActionData<unknown>()
  const { saved } = useMailTexts().channels
  const what = search.get('salvato')
  if (done !== undefined || what === null || !Object.hasOwn(saved, what)) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>{saved[what as keyof typeof saved]}</p>
    </div>
  )
}

function ChannelTable({ channels }: { channels: MailChannel[] }) {
  const t = useMailTexts().channels
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="st-scroll mt-3" aria-label={t.caption} tabIndex={0}>
      <table className="st-table">
        <caption>{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col">{t.columns.seen}</th>
            <th scope="col">{t.columns.checked}</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <th scope="row">
                <Link to={`?casella=${channel.id}`}>{channel.name}</Link>
                <span className="st-sub">{channel.address}</span>
              </th>
              <td>
                <Condition channel={channel} />
              </td>
              <td className="st-nowrap">
                {channel.lastSeenAt ? <When at={channel.lastSeenAt} isShort /> : t.neverSeen}
              </td>
              <td className="st-nowrap">
                {channel.lastCheckedAt ? <When at={channel.lastCheckedAt} isShort /> : t.neverChecked}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Condition({ channel }: { channel: MailChannel }) {
  const { now } = useShell()
  const { channels: t, troubles } = useMailTexts()
  const days = channel.lastSeenAt ? Math.floor((Date.parse(now) - Date.parse(channel.lastSeenAt)) / 86_400_000) : 0
  const [mark, word, more] = conditionOf()
  return (
    <>
      <span className={`st-state st-${mark}`}>{word}</span>
      {more && <span className="st-small st-quiet d-block">{more}</span>}
    </>
  )

  function conditionOf(): [string, string, ReactNode] {
    if (!channel.isActive) return ['idle', t.marks.idle, null]
    if (channel.lastError) return ['late', t.marks.late, wordsOf(troubles, channel.lastError)]
    if (!channel.lastCheckedAt) return ['idle', t.marks.wait, null]
    return days >= silentAfterDays ? ['warn', t.marks.ok, t.silentDays(days)] : ['ok', t.marks.ok, null]
  }
}
