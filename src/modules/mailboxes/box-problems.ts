/** How the register of mailboxes refuses, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type Findings, place, refuseFileFor } from '../organisation/read-file.ts'
import { type BoxTexts, boxTexts } from './box-texts.ts'

type Pick = (texts: BoxTexts['problems']) => string
const said = (pick: Pick) => say(boxTexts, (t) => pick(t.problems))

/** One wrong field, in words. */
export function wrongBoxField(path: string, pick: Pick): FieldProblem {
  return { path, say: said(pick) }
}

/** The `invalid` Problem of one wrong field. */
export function wrongBox(path: string, pick: Pick): Problem {
  return invalid([wrongBoxField(path, pick)])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function boxConflict(code: string, pick: Pick): Problem {
  return new Problem('conflict', code, said(pick))
}

/** Notes one wrong place of a file. */
export function findInLine(findings: Findings, line: number, column: string | null, pick: Pick): void {
  findings.push({ path: place(line, column), say: said(pick) })
}

/** Goes on when nothing was found; otherwise refuses the whole file. */
export function refuseBoxFile(findings: Findings): void {
  refuseFileFor(
    findings,
    said((t) => t.fileRefused),
  )
}

/** What the constraints of mailboxes mean. */
export const boxViolations: Record<string, () => Problem> = {
  mailbox_organisation_id_address_key: () => wrongBox('address', (t) => t.addressTaken),
  mailbox_organisation_id_office_id_fkey: () => wrongBox('officeId', (t) => t.unknownOffice),
  mailbox_organisation_id_holder_id_fkey: () => wrongBox('holderId', (t) => t.unknownPerson),
  mailbox_organisation_id_server_id_fkey: () => wrongBox('serverId', (t) => t.unknownServer),
}
