/** The mailboxes a census is to look at, from a CSV file. */
import { z } from 'zod'
import { type Findings, readFileRows } from '../organisation/read-file.ts'
import { findInLine, refuseBoxFile } from './box-problems.ts'
import { judgedKinds } from './box-vocabulary.ts'
import type { CensusInput } from './census-schema.ts'

export const accountColumns = { required: ['address'], optional: ['login', 'password', 'kind'] }
const cell = z.string().trim().max(1000).default('')
const accountLine = z.object({ address: z.string().trim().toLowerCase(), login: cell, password: cell, kind: cell })
const kinds = ['', ...judgedKinds, 'personal'] as const

/** The lines of a file, or a Problem that names each that is wrong. */
export function readAccounts(bytes: Uint8Array): NonNullable<CensusInput['accounts']> {
  const findings: Findings = []
  const rows = readFileRows(bytes, accountColumns, accountLine, findings, { mostRows: 50_000, mostBytes: 20_000_000 })
  const accounts = rows.flatMap(({ line, values }) => {
    const kind = kinds.find((one) => one === values.kind.toLowerCase())
    if (!z.email().safeParse(values.address).success) findInLine(findings, line, 'address', (t) => t.wrongAddress)
    if (kind === undefined) findInLine(findings, line, 'kind', (t) => t.wrongKind)
    return kind === undefined ? [] : [{ ...values, kind: kind === '' ? null : kind }]
  })
  refuseBoxFile(findings)
  return accounts
}
