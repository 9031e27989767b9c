import type { Language } from '../platform/texts.ts'
import { shellTexts } from './texts.ts'
import { isStaff, mayAtAll, type Visit } from './visit.ts'

type MenuItem = { to: string; label: string }

/** What every page's frame shows. */
export type ShellData = {
  language: Language
  zone: string
  /** The instant the page was made, so that "oggi" is the same on server and in the browser. */
  now: string
  organisationName: string
  isDemo: boolean
  person: { name: string; office: string | null; profile: '/profilo' | '/cittadino' } | null
  isStaff: boolean
  hasShortcuts: boolean
  /** The menu, by what the person may do. */
  menu: MenuItem[]
  /** What is looked for now and then: at the foot of staff pages. */
  more: MenuItem[]
}

export function shellData(visit: Visit): ShellData {
  const { session, language, publisher } = visit
  const t = shellTexts[language]
  const staff = session !== null && isStaff(session)
  const isContact = session?.context.actor.roles.includes('office_contact') === true
  const ownItems = mayAtAll(session, 'item.receive') ? [{ to: '/i-miei-beni', label: t.menu.ownItems }] : []
  const running = [
    ...(mayAtAll(session, 'operations.read') ? [{ to: '/gestione-operativa', label: t.menu.operations }] : []),
    ...(staff && mayAtAll(session, 'persondays.read')
      ? [{ to: '/piccola-manutenzione', label: t.menu.personDays }]
      : []),
  ]
  // Who works on requests has the known outages at hand; everybody else looks them up.
  const works = mayAtAll(session, 'case.take')
  const boxes = mailboxesOf(session, t)
  const outages = mayAtAll(session, 'outage.read') ? [{ to: '/guasti', label: t.menu.outages }] : []
  return {
    language,
    zone: session?.context.zone ?? publisher?.zone ?? 'Europe/Rome',
    now: new Date().toISOString(),
    organisationName: session?.context.organisationName ?? publisher?.name ?? 'SITEC',
    isDemo: session?.isDemo ?? publisher?.isDemo ?? false,
    person: personOf(visit, t.account),
    isStaff: staff,
    hasShortcuts: session?.hasShortcuts ?? false,
    menu: [
      ...(boxes.length > 1 ? boxes : []),
      ...(session?.context.actor.roles.includes('technician') ? [{ to: '/interventi', label: t.menu.field }] : []),
      ...((staff || isContact) && mayAtAll(session, 'case.read')
        ? [{ to: '/da-lavorare', label: staff ? t.menu.queue : t.menu.officeCases }]
        : []),
      ...(mayAtAll(session, 'contract.read') ? [{ to: '/contratto', label: t.menu.contract }] : []),
      ...(mayAtAll(session, 'needs.read') ? [{ to: '/fabbisogni', label: t.menu.needs }] : []),
      ...(mayAtAll(session, 'orders.read') ? [{ to: '/consegne', label: t.menu.deliveries }] : []),
      ...(works ? [{ to: '/nuova-richiesta', label: t.menu.newCase }] : []),
      ...(works ? outages : []),
      ...(mayAtAll(session, 'register.read') ? [{ to: '/registro', label: t.menu.register }] : []),
      ...(mayAtAll(session, 'article.staff') ? [{ to: '/articoli', label: t.menu.articles }] : []),
      ...(mayAtAll(session, 'mail.handle') ? [{ to: '/posta', label: t.menu.mail }] : []),
      ...(mayAtAll(session, 'desk.report') ? [{ to: '/rapporti', label: t.menu.reports }] : []),
      ...(mayAtAll(session, 'report.edit') || mayAtAll(session, 'report.approve')
        ? [{ to: '/redazione', label: t.menu.report }]
        : []),
      ...(mayAtAll(session, 'rating.comment') ? [{ to: '/valutazioni', label: t.menu.ratings }] : []),
      ...(mayAtAll(session, 'organisation.manage') ? [{ to: '/amministrazione', label: t.menu.administration }] : []),
      ...(staff || boxes.length > 1 ? [] : boxes),
      ...(staff ? [] : ownItems),
    ],
    more: moreOf(
      session,
      [
        ...(works ? [] : outages),
        ...running,
        ...(staff && boxes.length === 1 ? boxes : []),
        ...(staff ? ownItems : []),
      ],
      t,
    ),
  }
}

// A citizen gave no name: the way to their own page stands in its place.
function personOf({ session, citizen }: Visit, account: string): ShellData['person'] {
  if (citizen !== null) return { name: account, office: null, profile: '/cittadino' }
  if (session === null) return null
  return { name: session.context.actor.name, office: session.context.actor.officeName, profile: '/profilo' }
}

// The mail administrator has a place for each phase; everybody else who may finds them from the register of mailboxes.
function mailboxesOf(session: Visit['session'], t: (typeof shellTexts)['it']): MenuItem[] {
  if (!mayAtAll(session, 'mailboxes.read')) return []
  if (session?.context.actor.roles.includes('mail_administrator') !== true)
    return [{ to: '/caselle', label: t.menu.mailboxes }]
  return [
    { to: '/caselle', label: t.menu.census },
    { to: '/caselle/proposte', label: t.menu.mailProposals },
    { to: '/caselle/piano', label: t.menu.mailPlan },
    { to: '/caselle/gruppi', label: t.menu.waves },
    { to: '/caselle/prove', label: t.menu.copyProofs },
  ]
}

/** What is looked for now and then. */
function moreOf(session: Visit['session'], running: MenuItem[], t: (typeof shellTexts)['it']): MenuItem[] {
  return [
    ...running,
    ...(mayAtAll(session, 'reconciliation.read') ? [{ to: '/confronto', label: t.menu.reconcile }] : []),
    ...(mayAtAll(session, 'report.read') && !mayAtAll(session, 'report.edit') && !mayAtAll(session, 'report.approve')
      ? [{ to: '/redazione', label: t.menu.report }]
      : []),
    ...(mayAtAll(session, 'results.publish')
      ? [
          { to: '/redazione/livelli', label: t.menu.results },
          { to: '/redazione/fabbisogni', label: t.menu.needsResults },
        ]
      : []),
    ...(mayAtAll(session, 'template.manage') ? [{ to: '/modelli', label: t.menu.templates }] : []),
    ...(mayAtAll(session, 'rating.read') && !mayAtAll(session, 'rating.comment')
      ? [{ to: '/valutazioni', label: t.menu.ratings }]
      : []),
    ...(mayAtAll(session, 'publication.manage')
      ? [{ to: '/amministrazione/pubblicazione', label: t.menu.publication }]
      : []),
    ...(mayAtAll(session, 'names.log') ? [{ to: '/nomi', label: t.menu.names }] : []),
    ...(mayAtAll(session, 'agreement.read') ? [{ to: '/amministrazione/accordo', label: t.menu.agreement }] : []),
    ...(mayAtAll(session, 'retention.read') ? [{ to: '/amministrazione/conservazione', label: t.menu.retention }] : []),
    ...(mayAtAll(session, 'consumable.manage')
      ? [{ to: '/amministrazione/materiali', label: t.menu.consumables }]
      : []),
  ]
}
