import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { useBoxTexts } from './box-texts.ts'

export type OfficeOption = { id: string; name: string; depth: number }
export type ServerOption = { id: string; name: string }

/** The fields of a mailbox that a form may change. */
export function BoxFields({
  initial,
  refused,
  offices,
  servers,
}: {
  initial: Record<string, string | null>
  refused: Refused | undefined
  offices: readonly OfficeOption[]
  servers: readonly ServerOption[]
}) {
  const t = useBoxTexts().page.form
  const none = { value: '', label: t.none }
  const of = (name: string) => ({ name, refused, initial: initial[name] ?? '', isOptional: true })
  return (
    <>
      <TextField {...of('name')} label={t.name} />
      <SelectField
        {...of('officeId')}
        label={t.office}
        options={[
          none,
          ...offices.map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` })),
        ]}
      />
      <TextField {...of('publishedAt')} label={t.publishedAt} hint={t.publishedHint} />
      <TextField {...of('registerCode')} label={t.registerCode} />
      <LongField {...of('aliases')} label={t.aliases} />
      <LongField {...of('forwards')} label={t.forwards} hint={t.forwardsHint} />
      <LongField {...of('delegates')} label={t.delegates} />
      <SelectField
        {...of('serverId')}
        label={t.server}
        options={[none, ...servers.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <TextField {...of('login')} label={t.login} />
      <TextField {...of('quota')} label={t.quota} hint={t.quotaHint} />
    </>
  )
}
