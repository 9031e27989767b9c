/** The demo city's cases: stories made by the same pure functions that the operations use. */
import type { CaseEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import { applyEvent, type CaseFacts, openedFacts } from '../src/modules/servicedesk/internal/fold.ts'
import { decideOpen } from '../src/modules/servicedesk/open-case.ts'
import type { City, DemoPerson } from './city.ts'
import type { Random } from './random.ts'

export type DemoEvent = { event: CaseEvent; at: string; actor: DemoPerson | null; text: Record<string, string> | null }
export type DemoCase = {
  id: string
  title: string
  description: string
  place: string
  facts: CaseFacts
  events: DemoEvent[]
}

const incidents = [
  ['La stampante della stanza {n} non stampa', 'Si accende la spia rossa e i fogli restano dentro.'],
  ['Il computer dello sportello {n} si spegne da solo', 'Succede tre o quattro volte la mattina, senza avviso.'],
  ['Il protocollo si blocca quando allego un documento', 'La finestra resta bianca e devo chiudere tutto.'],
  ['Posta: messaggi respinti verso l’esterno', 'Tornano indietro con un avviso in inglese.'],
  ['Cartella condivisa vuota dopo lo spostamento', 'Ieri c’erano i fascicoli, oggi non vedo nulla.'],
  ['Lentezza della rete nel pomeriggio', 'Dalle 15 in poi ogni pagina impiega minuti.'],
  ['Telefono muto nella stanza {n}', 'Non dà nemmeno il segnale di linea.'],
  ['Scanner non riconosciuto', 'Dopo l’aggiornamento il programma non lo vede più.'],
  ['Password scaduta, non riesco a cambiarla', 'Mi dice che non rispetta le regole ma non quali.'],
  ['Presenze: la procedura non si apre', 'Compare la scritta «servizio non disponibile».'],
  ['Il lettore di tessere non si accende', 'Ho provato a cambiare presa.'],
  ['Monitor con righe verticali', 'Si legge a fatica la metà destra.'],
] as const
const requests = [
  ['Accesso alla contabilità per una collega', 'Prende servizio dal primo del mese, serve la sola consultazione.'],
  ['Nuova postazione per assunzione, stanza {n}', 'Scrivania e presa ci sono già.'],
  ['Spostare {n} postazioni al primo piano', 'Il trasloco è previsto per venerdì.'],
  ['Toner per la stampante della stanza {n}', 'Ne resta per un centinaio di pagine.'],
  ['Elenco dei residenti per via, per il piano scuole', 'Solo numeri, senza nomi.'],
  ['Casella di posta per il nuovo ufficio', 'La leggono in tre.'],
  ['Accesso alla cartella dei contributi', 'Mi serve per le istruttorie del trimestre.'],
  ['Installare il programma di disegno, stanza {n}', 'La licenza è già stata acquistata.'],
] as const
const questions = [
  'Ti serve solo leggere o anche modificare?',
  'Che messaggio compare, di preciso?',
  'Da quando succede?',
] as const
const answers = ['Anche modificare.', 'Compare «errore 502».', 'Da stamattina, credo.'] as const
const solutions = [
  'Sostituito il cavo di rete.',
  'Ripristinata la configurazione e provata con l’utente.',
  'Creato l’accesso, comunicato all’ufficio.',
  'Aggiornato il programma alla versione corrente.',
  'Cambiato il pezzo difettoso.',
] as const
const notes = [
  'Stesso comportamento della settimana scorsa: limite di 5 MB sul servizio di conservazione.',
  'Da provare con un altro profilo.',
  'Il pezzo è in magazzino.',
] as const

const hourMs = 3_600_000
/** Cases of the last seven days, whatever the scale. */
const recentCases = 120

/** Builds cases one after the other, oldest first, so that numbers and events run in time. */
export function* buildCases(
  random: Random,
  city: City,
  howMany: number,
  fromMs: number,
  untilMs: number,
): Generator<DemoCase> {
  const askers = city.people.filter((person) => person.party === 'administration' && person.roles.includes('employee'))
  const agents = city.people.filter((person) => person.roles.includes('agent'))
  // A busy last week: whoever opens the queue finds work in it.
  const recent = Math.min(recentCases, Math.floor(howMany / 4))
  const weekAgoMs = untilMs - 7 * 24 * hourMs
  for (let index = 0; index < howMany; index += 1) {
    const isRecent = index >= howMany - recent
    const step = isRecent ? (untilMs - weekAgoMs) / recent : (weekAgoMs - fromMs) / (howMany - recent)
    const place = isRecent ? index - (howMany - recent) : index
    const openedMs = workingTime((isRecent ? weekAgoMs : fromMs) + step * (place + random.next()), untilMs)
    // The cast asks now and then, so that whoever signs in finds something of their own.
    const isOfTheCast = index % (isRecent ? 15 : 40) === 7
    const asker = isOfTheCast ? (askers[0] ?? random.pick(askers)) : random.pick(askers)
    yield story(random, city, asker, agents, index + 1, openedMs, untilMs)
  }
}

// Offices open from 8 to 18, Monday to Friday; a rough cut is enough for invented data.
function workingTime(ms: number, untilMs: number): number {
  const date = new Date(ms)
  const weekday = date.getUTCDay()
  if (weekday === 0 || weekday === 6) date.setUTCDate(date.getUTCDate() - (weekday === 0 ? 2 : 1))
  date.setUTCHours(7 + (date.getUTCHours() % 9))
  return Math.min(date.getTime(), untilMs - 60_000)
}

function story(
  random: Random,
  city: City,
  asker: DemoPerson,
  agents: readonly DemoPerson[],
  number: number,
  openedMs: number,
  untilMs: number,
): DemoCase {
  const kind = random.chance(0.68) ? 'incident' : 'service_request'
  const [title, description] = random.pick<readonly [string, string]>(kind === 'incident' ? incidents : requests)
  const office = city.offices.find((one) => one.id === asker.officeId)
  const site = city.sites.find((one) => one.id === office?.siteId)
  const isByPhone = random.chance(0.35)
  const agent = random.pick(agents)
  const words = {
    title: title.replace('{n}', String(random.whole(1, 40))),
    description,
    place: [site?.name, asker.room].filter(Boolean).join(', '),
  }
  const opened = decideOpen({
    kind,
    ...words,
    canWork: kind === 'incident' ? random.pick(['yes', 'partly', 'partly', 'no'] as const) : 'yes',
    onlyMe: random.chance(0.8),
    number,
    requesterId: asker.id,
    agreementId: city.agreementId,
    officeId: asker.officeId,
    channel: isByPhone ? 'phone' : 'portal',
  })
  const first: DemoEvent = {
    event: opened,
    at: iso(openedMs),
    actor: isByPhone ? agent : asker,
    text: { title: words.title, body: description, place: words.place },
  }
  const state = {
    facts: openedFacts({ ...opened, at: first.at, actorId: first.actor?.id ?? null }),
    events: [first],
    at: openedMs,
  }
  const act: Act = (hours, what, actor, text = null) => {
    const at = state.at + hours * hourMs * (0.3 + random.next())
    if (at > untilMs) return false
    state.at = at
    const event = typeof what === 'function' ? what(at) : what
    state.events.push({ event, at: iso(at), actor, text })
    state.facts = applyEvent(state.facts, { ...event, at: iso(at), actorId: actor?.id ?? null })
    return true
  }
  live(random, city, asker, agent, act)
  return { id: random.uuid(openedMs), ...words, facts: state.facts, events: state.events }
}

// An event that depends on its instant is a function of it: the answer's deadline is a week after the resolution.
type Act = (
  hours: number,
  what: CaseEvent | ((at: number) => CaseEvent),
  actor: DemoPerson | null,
  text?: Record<string, string> | null,
) => boolean

// What happens to a case after it was opened, until time runs out: the few that are young are still open.
function live(random: Random, city: City, asker: DemoPerson, agent: DemoPerson, act: Act) {
  const firstTier = city.teams[0]
  const team = random.chance(0.55) ? random.pick(city.teams.slice(1)) : firstTier
  if (!firstTier || !team) return
  if (random.chance(0.02)) return void act(4, { kind: 'case.cancelled', version: 1, payload: {} }, asker)
  if (!act(2, { kind: 'case.taken', version: 1, payload: { holderId: agent.id, teamId: firstTier.id } }, agent)) return
  const worker =
    team === firstTier ? agent : (city.people.find((person) => person.id === random.pick(team.memberIds)) ?? agent)
  if (team !== firstTier) {
    if (!act(1, { kind: 'case.assigned', version: 1, payload: { teamId: team.id } }, agent)) return
    if (random.chance(0.3) && !act(0.5, note('internal', team.id), worker, { body: random.pick(notes) })) return
    if (!act(5, { kind: 'case.taken', version: 1, payload: { holderId: worker.id, teamId: team.id } }, worker)) return
  }
  if (random.chance(0.25)) {
    if (
      !act(1, { kind: 'case.asked', version: 1, payload: { teamId: team.id } }, worker, {
        body: random.pick(questions),
      })
    )
      return
    if (
      !act(
        10,
        { kind: 'case.replied', version: 1, payload: { visibility: 'public', isRequester: true, teamId: null } },
        asker,
        { body: random.pick(answers) },
      )
    )
      return
  }
  if (
    random.chance(0.2) &&
    !act(2, note('public', team.id), worker, { body: 'Ci stiamo lavorando: serve un pezzo, arriva domani.' })
  )
    return
  if (!resolve(random, worker, team.id, act)) return
  if (random.chance(0.06)) {
    if (
      !act(20, { kind: 'case.reopened', version: 1, payload: { extent: 'no' } }, asker, {
        body: 'Si è ripresentato subito dopo.',
      })
    )
      return
    if (!resolve(random, worker, team.id, act)) return
  }
  if (random.chance(0.55)) act(20, { kind: 'case.confirmed', version: 1, payload: {} }, asker)
  else act(190, { kind: 'case.closed_silent', version: 1, payload: {} }, null)
}

function resolve(random: Random, worker: DemoPerson, teamId: string, act: Act): boolean {
  const resolved = (at: number): CaseEvent => ({
    kind: 'case.resolved',
    version: 1,
    payload: { teamId, closesAt: iso(at + 7 * 24 * hourMs) },
  })
  return act(12, resolved, worker, { body: random.pick(solutions) })
}

function note(visibility: 'public' | 'internal', teamId: string): CaseEvent {
  return { kind: 'case.replied', version: 1, payload: { visibility, isRequester: false, teamId } }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
