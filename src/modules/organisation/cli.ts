/** `sitec import …`, `sitec user …` */
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { Command, Invocation, Outcome } from '../../platform/command.ts'
import { type Context, read, transact } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { listAdministratorAccesses } from './accesses.ts'
import { addAccount } from './accounts.ts'
import { importOffices } from './import-offices.ts'
import { importPeople } from './import-people.ts'
import { selectOfficeByCode } from './internal/queries/offices.ts'
import { listParties } from './parties.ts'
import { addPerson } from './people.ts'
import { wrong } from './problems.ts'
import type { AccessesInput, AddPersonInput, ImportResult } from './schema.ts'
import { organisationTexts } from './texts.ts'

/** Offices, people and accounts on the command line. */
export const organisationCommands: readonly Command[] = [
  {
    name: 'import offices',
    usage: 'FILE',
    help: 'Load offices from CSV (code;kind;name;parent_code;ipa_code;site_code): the whole file, or nothing and why.',
    run: (invocation) => runImport(invocation, importOffices),
  },
  {
    name: 'import people',
    usage: 'FILE',
    help: 'Load people from CSV (email;given_name;family_name;office_code;phone;site_code;room;roles): the whole file, or nothing and why.',
    run: (invocation) => runImport(invocation, importPeople),
  },
  {
    name: 'user add',
    usage:
      '--email EMAIL --given NAME --family NAME [--office CODE] [--roles a,b] [--party ID|supplier] [--password-file FILE|-]',
    help: 'Add a person who can sign in. The password comes from a file (- is standard input); without one it is made up and shown once.',
    options: Object.fromEntries(
      ['email', 'given', 'family', 'office', 'roles', 'party', 'password-file'].map((name) => [
        name,
        { type: 'string' as const },
      ]),
    ),
    run: addUser,
  },
  {
    name: 'user accesses',
    usage: '--from DAY --to DAY',
    help: 'What happened on the accounts of administrators, as CSV: sign-ins, second factors, passwords. For the yearly verification.',
    options: { from: { type: 'string' }, to: { type: 'string' } },
    run: async ({ context, values }) => {
      // Parsed by the operation, like every other door's input.
      const rows = await listAdministratorAccesses(context, values as AccessesInput)
      const lines = rows.map(({ at, name, kind }) => [at, name, kind])
      return { exit: 0, json: { rows }, text: writeCsv(['at', 'name', 'kind'], lines) }
    },
  },
]

async function runImport(
  { context, positionals, readFile }: Invocation,
  load: (ctx: Context, bytes: Uint8Array) => Promise<ImportResult>,
): Promise<Outcome> {
  const [file] = positionals
  if (file === undefined) throw wrong('FILE', (t) => t.problems.fileMissing)
  const result = await load(context, await readFile(file))
  return {
    exit: 0,
    json: result,
    text: organisationTexts[context.language].import.done(result.added, result.changed, result.unchanged),
  }
}

async function addUser({ context, values, readFile }: Invocation): Promise<Outcome> {
  const given = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const { password, isMade } = await passwordFrom(given('password-file'), readFile)
  const email = given('email')
  const added = await transact(context, async (ctx) => {
    const person = {
      email,
      givenName: given('given'),
      familyName: given('family'),
      officeId: await officeNamed(ctx, given('office')),
      partyId: await partyNamed(ctx, given('party')),
      ...(values.roles !== undefined && {
        roles: given('roles')
          .split(',')
          .map((role) => role.trim()),
      }),
    }
    // Parsed by the operation, like every other door's input.
    const { id: personId } = await addPerson(ctx, person as AddPersonInput)
    const { id: accountId } = await addAccount(ctx, { personId, email, password })
    return { personId, accountId }
  })
  return {
    exit: 0,
    json: { ...added, email, ...(isMade && { password }) },
    text: isMade ? `${email}\n${password}` : email,
  }
}

async function passwordFrom(
  file: string,
  readFile: Invocation['readFile'],
): Promise<{ password: string; isMade: boolean }> {
  if (file === '') return { password: randomBytes(15).toString('base64url'), isMade: true }
  const content = file === '-' ? await text(process.stdin) : new TextDecoder().decode(await readFile(file))
  return { password: content.replace(/\r?\n$/, ''), isMade: false }
}

async function officeNamed(ctx: Context, code: string): Promise<string | null> {
  if (code === '') return null
  const office = await read(ctx, (ctx) => selectOfficeByCode(ctx, code))
  if (office === undefined) throw wrong('office', (t) => t.import.unknownOffice)
  return office.id
}

async function partyNamed(ctx: Context, party: string): Promise<string | null> {
  if (party !== 'supplier') return party === '' ? null : party
  const [only, ...others] = (await listParties(ctx)).filter(({ kind }) => kind === 'supplier')
  if (only === undefined || others.length > 0) throw wrong('party', (t) => t.problems.severalSuppliers)
  return only.id
}
