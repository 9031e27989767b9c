import { useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { freesLicence, withoutLicence } from '../decision-vocabulary.ts'
import type { loader } from './decision.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

/** Before and after: address, messages, who opens it, licence, how long it is kept. */
export function BeforeAfter() {
  const { one: t } = useDecisionTexts()
  const rows = useChange()
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.change}</h2>
      <DataTable caption={t.change} columns={[t.what, t.before, t.after]}>
        {rows.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after === before ? <span className="st-quiet">{t.values.same}</span> : <strong>{after}</strong>}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}

function useChange() {
  const { decision } = useLoaderData<typeof loader>()
  const { one, none } = useDecisionTexts()
  const { rows: name, values: v } = one
  const who = v.delegates(decision.delegates)
  const licence = withoutLicence.includes(decision.mailboxKind) ? v.noLicence : v.licence
  const messages = useMessages()
  const after = useAfter()
  const kept = useKept()
  return [
    { name: name.address, before: decision.address, after: after.address },
    ...(after.old === null ? [] : [{ name: name.old, before: none, after: after.old }]),
    { name: name.mail, before: messages, after: after.mail ?? messages },
    { name: name.who, before: who, after: after.who ?? who },
    { name: name.licence, before: licence, after: freesLicence.includes(decision.kind) ? v.noLicence : licence },
    ...(kept === null ? [] : [{ name: name.kept, before: none, after: kept }]),
  ]
}

function useMessages(): string {
  const { decision } = useLoaderData<typeof loader>()
  const { one, number, size } = useDecisionTexts()
  const { messages, sizeBytes } = decision
  return messages === null ? one.values.noFigures : one.values.messages(number(messages), size(sizeBytes ?? 0))
}

function useKept(): string | null {
  const { decision } = useLoaderData<typeof loader>()
  const { one, day } = useDecisionTexts()
  const until = decision.heldUntil ?? decision.keptUntil
  return until === null ? null : one.values.heldUntil(day(until))
}

type After = { address: string; old: string | null; mail: string | null; who: string | null }

function useAfter(): After {
  const { decision } = useLoaderData<typeof loader>()
  const { one, day, none } = useDecisionTexts()
  const v = one.values
  const { address, kind, newAddress, aliasUntil, into, folderPrefix, keepsDoubles, answerAddress } = decision
  const old = aliasUntil === null ? v.stops : v.worksUntil(day(aliasUntil))
  const same: After = { address, old: null, mail: null, who: null }
  switch (kind) {
    case 'rename':
      return { ...same, address: newAddress ?? address, old }
    case 'merge': {
      const folder = folderPrefix === null ? [] : [v.folder(folderPrefix)]
      const mail = [v.into(into ?? ''), ...folder, keepsDoubles ? v.doubles : v.noDoubles].join(', ')
      return { address: into ?? address, old, mail, who: v.nobodyAfter }
    }
    case 'group':
      return { ...same, who: v.members }
    case 'delegate':
      return { ...same, who: v.delegated }
    case 'archive':
      return { address: none, old, mail: v.exported, who: v.nobodyAfter }
    case 'delete':
      return { address: none, old, mail: null, who: v.nobodyAfter }
    case 'leaver':
      return { address: none, old: v.answer(answerAddress ?? ''), mail: v.sealed, who: v.nobodyAfter }
    default:
      return same
  }
}
