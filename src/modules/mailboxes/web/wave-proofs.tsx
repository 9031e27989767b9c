import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { page } from '../../../web/visit.ts'
import { listProofs } from '../proofs.ts'
import type { Proof } from '../wave-schema.ts'
import { MailPlaces } from './mail-places.tsx'
import { useWaveWords } from './wave-words.ts'

export const loader = page(async (ctx) => ({ proofs: await listProofs(ctx) }))

/** The proofs of all copies, as the signed file and for people. */
export default function ProofsPage() {
  const { proofs } = useLoaderData<typeof loader>()
  const { t: all, number } = useWaveWords()
  const t = all.proofs
  const c = t.columns
  const messages = proofs.reduce((sum, one) => sum + one.messages, 0)
  return (
    <StaffPage title={t.title}>
      <MailPlaces />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.sentence(proofs.length, number(messages))}</p>
      {proofs.length > 0 && (
        <DataTable
          caption={t.caption}
          columns={[
            c.box,
            c.wave,
            { label: c.messages, isNumber: true },
            { label: c.aside, isNumber: true },
            c.at,
            c.files,
          ]}
        >
          {proofs.map((proof) => (
            <Line key={`${proof.waveNumber} ${proof.mailboxId}`} proof={proof} />
          ))}
        </DataTable>
      )}
      <div className="st-notice mt-3">
        <p>{t.how}</p>
      </div>
    </StaffPage>
  )
}

function Line({ proof }: { proof: Proof }) {
  const { t: all, number } = useWaveWords()
  const t = all.proofs
  const at = `/caselle/gruppi/${proof.waveNumber}/${proof.mailboxId}/prova`
  return (
    <tr>
      <th scope="row">
        {proof.address}
        <span className="st-sub">{proof.office}</span>
      </th>
      <td>
        <Link to={`/caselle/gruppi/${proof.waveNumber}`}>{proof.waveNumber}</Link>
      </td>
      <td className="st-num">{number(proof.messages)}</td>
      <td className="st-num">{number(proof.setAside)}</td>
      <td>{proof.provedAt === null ? '—' : <When at={proof.provedAt} isShort />}</td>
      <td>
        <a href={`${at}.json`} aria-label={t.of(t.json, proof.address)}>
          {t.json}
        </a>
        {' · '}
        <a href={`${at}.pdf`} aria-label={t.of(t.pdf, proof.address)}>
          {t.pdf}
        </a>
        <span className="st-sub st-hash">{proof.sha256.slice(0, 16)}…</span>
      </td>
    </tr>
  )
}
