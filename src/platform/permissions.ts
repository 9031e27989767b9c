/**
 * Who may do what: one table, action × role → scope. What is not written here is refused.
 *
 * Scopes, narrowest first: `own` (what the person asked for or wrote), `office` (the person's office and all below it),
 * `team` (what is entrusted to one of the person's teams, or to nobody yet), `all` (the whole administration).
 */
import { fail, Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

export const roles = [
  'employee',
  'office_contact',
  'agent',
  'technician',
  'team_leader',
  'contract_manager',
  'head_of_ict',
  'administrator',
  'auditor',
  'program',
  'editor',
  'mail_administrator',
] as const
export type Role = (typeof roles)[number]
export type Scope = 'own' | 'office' | 'team' | 'all'

// Who works for the city or its supplier and signs in as a person; and whoever signs in at all.
const staff = {
  agent: 'all',
  technician: 'all',
  team_leader: 'all',
  contract_manager: 'all',
  head_of_ict: 'all',
  administrator: 'all',
  auditor: 'all',
} as const
// Each office its own, who answers for the whole all of it.
const offices = {
  office_contact: 'office',
  contract_manager: 'all',
  head_of_ict: 'all',
  administrator: 'all',
  auditor: 'all',
} as const
const everybody = {
  employee: 'all',
  office_contact: 'all',
  ...staff,
  program: 'all',
  editor: 'all',
  mail_administrator: 'all',
} as const

export const permissions = {
  // servicedesk
  'case.open': {
    employee: 'own',
    office_contact: 'office',
    agent: 'all',
    technician: 'all',
    team_leader: 'all',
    program: 'all',
  },
  'case.read': {
    employee: 'own',
    office_contact: 'office',
    agent: 'all',
    technician: 'team',
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
    auditor: 'all',
    program: 'all',
  },
  'case.export': {
    agent: 'all',
    technician: 'team',
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
    auditor: 'all',
  },
  'case.take': { agent: 'all', technician: 'team', team_leader: 'all' },
  'case.assign': { agent: 'all', technician: 'team', team_leader: 'all' },
  'case.reply': {
    employee: 'own',
    office_contact: 'office',
    agent: 'all',
    technician: 'team',
    team_leader: 'all',
    contract_manager: 'all',
  },
  'case.ask': { agent: 'all', technician: 'team', team_leader: 'all' },
  'case.resolve': { agent: 'all', technician: 'team', team_leader: 'all' },
  // Pause, promise, visit, deliver, estimate, what a case is counted as.
  'case.work': { agent: 'all', technician: 'team', team_leader: 'all' },
  // What the city alone decides: estimates, and kinds that leave an indicator.
  'case.decide': { contract_manager: 'all', head_of_ict: 'all' },
  'case.receive': { employee: 'own', office_contact: 'office' },
  // No role of the supplier confirms or reopens for the user.
  'case.answer': { employee: 'own' },
  'case.cancel': { employee: 'own' },
  // The head of ICT reads the case and decides; the administrator carries it out through the API without reading.
  'case.erase': { head_of_ict: 'all', administrator: 'all' },
  // What the supplier's own tool declares, and how it compares with what SITEC has.
  'step.import': { team_leader: 'all', program: 'all' },
  'case.reconcile': { team_leader: 'all', contract_manager: 'all', head_of_ict: 'all' },
  'reconciliation.read': { team_leader: 'all', contract_manager: 'all', head_of_ict: 'all', auditor: 'all' },
  // The supplier's people by name, for security or a contested case; the supplier's side sees that it was done.
  'names.open': { contract_manager: 'all', head_of_ict: 'all', auditor: 'all' },
  'names.log': { team_leader: 'all', contract_manager: 'all', head_of_ict: 'all', auditor: 'all' },
  'entry.internal': {
    agent: 'all',
    technician: 'all',
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
    auditor: 'all',
  },
  'entry.supplier': { agent: 'all', technician: 'all', team_leader: 'all' },
  'entry.verifier': { contract_manager: 'all', auditor: 'all' },
  // Looking at what came by mail and could not be taken; it may hold anybody's words.
  'mail.handle': { agent: 'all', team_leader: 'all', administrator: 'all' },
  'agreement.read': staff,
  'agreement.manage': { head_of_ict: 'all', administrator: 'all' },
  'consumable.manage': { team_leader: 'all', administrator: 'all' },
  'desk.report': { team_leader: 'all', contract_manager: 'all', head_of_ict: 'all', auditor: 'all' },
  'mail.administer': { administrator: 'all' },
  // Two cases that have to do with each other; the team's scope looks at the first of them.
  'case.link': { agent: 'all', technician: 'team', team_leader: 'all' },
  // Articles: everybody reads what is published for everybody, staff all of them. Who works writes, who answers for it publishes.
  'article.read': everybody,
  'article.staff': staff,
  'article.manage': {
    agent: 'all',
    technician: 'all',
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
  },
  'article.publish': { team_leader: 'all', contract_manager: 'all', head_of_ict: 'all' },
  'template.use': { agent: 'all', technician: 'all', team_leader: 'all' },
  'template.manage': { agent: 'all', team_leader: 'all' },
  // Known outages: everybody is told, staff see their cases, who works opens, updates and closes them.
  'outage.notice': everybody,
  'outage.read': staff,
  'outage.manage': { agent: 'all', technician: 'all', team_leader: 'all' },
  // contract: the supplier declares, contests and answers; the city decides; whoever is measured never does.
  'contract.read': {
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
    administrator: 'all',
    auditor: 'all',
  },
  'contract.import': { contract_manager: 'all', head_of_ict: 'all' },
  'contract.declare': { team_leader: 'all', contract_manager: 'all', program: 'all' },
  'contract.contest': { team_leader: 'all', contract_manager: 'all' },
  'contract.counter': { team_leader: 'all' },
  'contract.decide': { contract_manager: 'all', head_of_ict: 'all' },
  'contract.approve': { contract_manager: 'all', head_of_ict: 'all' },
  // Approved quarters go out: whoever answers for them, or whoever edits what the city publishes.
  'results.publish': { editor: 'all', contract_manager: 'all', head_of_ict: 'all' },
  // operations: what was watched, what was called; an interruption is proposed by the supplier, decided by the city.
  'operations.read': staff,
  'operations.import': { team_leader: 'all', contract_manager: 'all', program: 'all' },
  'operations.manage': { head_of_ict: 'all', administrator: 'all' },
  'interruption.propose': { team_leader: 'all' },
  'interruption.decide': { contract_manager: 'all', head_of_ict: 'all' },
  // applications: `own` is what is done on the applications one is the steward of.
  'persondays.read': { employee: 'own', office_contact: 'own', ...staff },
  'persondays.declare': { team_leader: 'all', program: 'all' },
  'persondays.decide': {
    employee: 'own',
    office_contact: 'own',
    administrator: 'own',
    contract_manager: 'all',
    head_of_ict: 'all',
  },
  'persondays.quota': { contract_manager: 'all', head_of_ict: 'all', administrator: 'all' },
  'applications.read': { ...staff, program: 'all' },
  'applications.manage': { head_of_ict: 'all', administrator: 'all' },
  // register: an office's contact reads what their offices have; who runs the ICT keeps it.
  'register.read': { office_contact: 'office', ...staff, program: 'all' },
  'register.manage': {
    technician: 'all',
    team_leader: 'all',
    head_of_ict: 'all',
    administrator: 'all',
    program: 'all',
  },
  // needs: offices ask, ICT writes the lines, the head decides; the supplier declares what it delivers, and never verifies.
  'needs.ask': { office_contact: 'office', contract_manager: 'all', head_of_ict: 'all', administrator: 'all' },
  'needs.read': offices,
  'needs.manage': { contract_manager: 'all', head_of_ict: 'all', administrator: 'all' },
  'needs.decide': { head_of_ict: 'all' },
  'needs.order': { contract_manager: 'all', head_of_ict: 'all' },
  'orders.read': {
    team_leader: 'all',
    contract_manager: 'all',
    head_of_ict: 'all',
    administrator: 'all',
    auditor: 'all',
    program: 'all',
  },
  'needs.deliver': { team_leader: 'all', contract_manager: 'all', program: 'all' },
  'needs.verify': { contract_manager: 'all', head_of_ict: 'all', administrator: 'all' },
  // What came for an office: its own contact alone says whether it did.
  'needs.receive': { office_contact: 'office' },
  // What is in somebody's hands: whoever has it sees it and says whether it came.
  'item.receive': {
    employee: 'own',
    office_contact: 'own',
    agent: 'own',
    technician: 'own',
    team_leader: 'own',
    contract_manager: 'own',
    head_of_ict: 'own',
    administrator: 'own',
    auditor: 'own',
    editor: 'own',
    mail_administrator: 'own',
  },
  // mailboxes: ICT proposes, the office confirms its own, the head approves; who proposed does not approve.
  'mailboxes.read': { ...offices, mail_administrator: 'all' },
  'mailboxes.manage': { head_of_ict: 'all', administrator: 'all', mail_administrator: 'all' },
  'mailboxes.propose': { head_of_ict: 'all', mail_administrator: 'all' },
  'mailboxes.confirm': { office_contact: 'office' },
  'mailboxes.approve': { head_of_ict: 'all' },
  'mailboxes.copy': { head_of_ict: 'all', administrator: 'all', mail_administrator: 'all' },
  // organisation
  'organisation.read': everybody,
  'organisation.manage': { administrator: 'all' },
  'people.find': { agent: 'all', technician: 'all', team_leader: 'all', administrator: 'all' },
  'person.erase': { head_of_ict: 'all', administrator: 'all' },
  'person.export': { head_of_ict: 'all', administrator: 'all' },
  'retention.read': { contract_manager: 'all', head_of_ict: 'all', administrator: 'all', auditor: 'all' },
  'retention.adopt': { head_of_ict: 'all', administrator: 'all' },
  // transparency: the social report. What is published needs no permission; who writes does not approve.
  'report.read': { editor: 'all', contract_manager: 'all', head_of_ict: 'all', administrator: 'all', auditor: 'all' },
  'report.edit': { editor: 'all' },
  'report.approve': { head_of_ict: 'all' },
  // transparency: what citizens think of the pages. Words are for who edits; figures for who answers for them too.
  'rating.read': { editor: 'all', head_of_ict: 'all', administrator: 'all', auditor: 'all' },
  'rating.comment': { editor: 'all' },
  'publication.manage': { administrator: 'all' },
  // platform
  'key.manage': { administrator: 'all' },
  'audit.verify': { contract_manager: 'all', auditor: 'all', administrator: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>

export type Action = keyof typeof permissions

/** The facts of a subject that scopes look at. Leave out what the subject does not have. */
export type Subject = { requesterId?: string | null; officeId?: string | null; teamId?: string | null }

/** Who acts, as far as permissions care. `scopes` narrows a program's key to some actions; null means no narrowing. */
export type Holder = {
  personId: string | null
  roles: readonly Role[]
  teamIds: readonly string[]
  officeIds: readonly string[]
  scopes: readonly string[] | null
  isSystem: boolean
}

/** The scopes in which a holder may do an action; empty means never. */
export function scopesOf(holder: Holder, action: Action): ReadonlySet<Scope> {
  if (holder.isSystem) return new Set<Scope>(['all'])
  if (holder.scopes !== null && !holder.scopes.includes(action)) return new Set()
  const row: Partial<Record<Role, Scope>> = permissions[action]
  return new Set(holder.roles.flatMap((role) => row[role] ?? []))
}

/** Whether a holder may do an action, on this subject when one is given, on any at all otherwise. */
export function may(holder: Holder, action: Action, subject?: Subject): boolean {
  const scopes = scopesOf(holder, action)
  if (scopes.has('all') || (subject === undefined && scopes.size > 0)) return true
  if (subject === undefined) return false
  return (
    (scopes.has('own') && subject.requesterId != null && subject.requesterId === holder.personId) ||
    (scopes.has('office') && subject.officeId != null && holder.officeIds.includes(subject.officeId)) ||
    (scopes.has('team') &&
      (subject.teamId === null || (subject.teamId !== undefined && holder.teamIds.includes(subject.teamId))))
  )
}

/** Goes on if the holder may; throws the `forbidden` Problem otherwise. */
export function allow(holder: Holder, action: Action, subject?: Subject): void {
  if (!may(holder, action, subject))
    fail(
      new Problem(
        'forbidden',
        'forbidden',
        say(platformTexts, (t) => t.problems.forbidden),
      ),
    )
}
