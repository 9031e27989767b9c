/**
 * The demo's needs plans, lived through the operations: last year's plan bought and verified with faults to be found, this
 * year's in delivery, next year's being collected from offices.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { consolidateLines, findCollected } from '../src/modules/needs/consolidate.ts'
import { approvePlan, decideLines } from '../src/modules/needs/decide.ts'
import { declareDelivery, findDelivery } from '../src/modules/needs/deliveries.ts'
import { importPlan } from '../src/modules/needs/import-plan.ts'
import { addInvoice, payInvoice } from '../src/modules/needs/invoices.ts'
import { setReplaced, splitLine } from '../src/modules/needs/lines.ts'
import { answerDelivery } from '../src/modules/needs/office-answers.ts'
import { placeOrder } from '../src/modules/needs/orders.ts'
import { findPlan, openPlan, turnPlan } from '../src/modules/needs/plans.ts'
import { loadPriceList } from '../src/modules/needs/price-lists.ts'
import { saveSheet, sendSheet } from '../src/modules/needs/requests.ts'
import {
  beginVerification,
  checkItems,
  closeVerification,
  confirmVerification,
} from '../src/modules/needs/verification.ts'
import { goodsOf } from '../src/modules/needs/vocabulary.ts'
import { listItems, moveItem } from '../src/modules/register/items.ts'
import { publishNeeds } from '../src/modules/transparency/needs-results.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import type { Context, Services } from '../src/platform/context.ts'
import { projectRoot } from '../src/platform/root.ts'
import type { City } from './city.ts'
import { personOf } from './happened.ts'
import { type Asked, draft, lastYear, sent } from './needs-words.ts'
import { officeHours } from './rules.ts'

type Cast = Record<'contact' | 'manager' | 'head' | 'administrator' | 'leader', Context>

const model = 'Desk 400 G9'

/** A city smaller than this has no plans: tests make what they need of them. */
const leastScale = 0.02

/** Loads the plans of three years; `scale` is how many pieces the lots have. */
export async function liveNeeds(services: Services, city: City, untilMs: number, scale: number): Promise<void> {
  if (scale < leastScale) return
  const as = async (email: string) => {
    const context = await actAs(services, city.organisationId, personOf(city, email).id, 'portal')
    if (context === null) throw new Error(`${email} cannot act`)
    return context
  }
  const cast: Cast = {
    contact: await as('referente@'),
    manager: await as('contratto@'),
    head: await as('dirigente@'),
    administrator: await as('amministratore@'),
    leader: await as('responsabile@'),
  }
  const today = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(officeHours.zone).toPlainDate()
  await loadPriceList(cast.manager, file('needs-prices.csv'), {
    ...{ name: 'Listino di prova', effectiveFrom: `${today.year - 2}-01-01` },
    act: 'Offerta della Società, prot. di prova 1',
  })
  await boughtPlan(cast, city, today.year - 1, Math.max(4, Math.round(200 * Math.min(scale, 1))))
  await plannedYear(cast, city, today)
  await collectedYear(cast, city, today)
  await publishNeeds(cast.manager, { year: today.year - 1 })
}

const file = (name: string) => readFileSync(join(projectRoot(), 'demo', name))

// Last year: the plan of the papers, approved, delivered in three lots of which two have faults, paid as verified.
async function boughtPlan(cast: Cast, city: City, year: number, lot: number): Promise<void> {
  await importPlan(cast.manager, file('needs-plan.csv'), year)
  const offices = city.offices.slice(0, 3)
  const { rows } = await findPlan(cast.manager, year)
  const line = (number: number) =>
    rows.find((row) => row.number === number) ?? Promise.reject(new Error('No such line'))
  const pcs = await line(2)
  const shares = [250, 150, 100].flatMap((quantity, at) => {
    const office = offices[at]
    return office === undefined ? [] : [{ officeId: office.id, quantity }]
  })
  await splitLine(cast.manager, pcs.id, { offices: shares })
  await decideAll(cast.head, year)
  await approvePlan(cast.head, year, { act: `Delibera di prova 12/${year}` })
  await placeOrder(cast.manager, year, {
    ...{ number: `${year}/7`, supplierId: city.supplierId, orderedOn: `${year}-05-02`, dueOn: `${year}-12-31` },
    ...{ act: `Determina di prova 120/${year}`, cig: 'B0A1B2C3D4' },
    lines: rows.map(({ number, quantity, unitPrice }) => ({
      ...{ number, unitPrice, model: number === 2 ? model : null },
      // As many PCs as came are ordered: a small demo is a small purchase.
      quantity: number === 2 ? Math.min(quantity, 3 * lot) : quantity,
    })),
  })
  await deliverOthers(cast, offices, year, rows)
  const first = await deliverLots(cast, offices, year, lot)
  await replaceOld(cast, pcs.id, first, lot)
  const number = `F-${year}-1`
  const lines = [{ number: 2, quantity: lot, amount: (774 * lot).toFixed(2) }]
  const { id } = await addInvoice(cast.manager, { order: `${year}/7`, number, datedOn: `${year}-08-01`, lines })
  await payInvoice(cast.manager, id, { paidOn: `${year}-09-01` })
}

type Row = Awaited<ReturnType<typeof findPlan>>['rows'][number]

type Declared = Parameters<typeof declareDelivery>[1]['items'][number]

// Everything else came in one lot, as ordered: accepted on its sample, invoiced and paid.
async function deliverOthers(cast: Cast, offices: City['offices'], year: number, rows: readonly Row[]): Promise<void> {
  const others = rows.filter(({ number }) => number !== 2)
  const office = offices[0]?.code ?? ''
  const items = others.flatMap(({ number: line, quantity, category }): Declared[] =>
    goodsOf[category].serial === 'required'
      ? Array.from({ length: quantity }, (_, at) => ({ line, serial: `DL${year % 100}-${line}-${at + 1}`, office }))
      : [{ line, quantity, office }],
  )
  const { id } = await declareDelivery(cast.leader, {
    ...{ order: `${year}/7`, note: 'DDT 96', deliveredOn: `${year}-05-28`, items },
  })
  await beginVerification(cast.manager, id)
  const looked = (await findDelivery(cast.manager, id)).items.filter(({ isInSample }) => isInSample)
  await checkItems(cast.manager, id, { checks: looked.map((item) => ({ id: item.id, outcome: 'accepted' })) })
  await closeVerification(cast.manager, id, {})
  await confirmVerification(cast.administrator, id, { agrees: true })
  const { id: invoice } = await addInvoice(cast.manager, {
    ...{ order: `${year}/7`, number: `F-${year}-0`, datedOn: `${year}-06-30` },
    lines: others.map(({ number, quantity, totalExVat }) => ({ number, quantity, amount: totalExVat })),
  })
  await payInvoice(cast.manager, invoice, { paidOn: `${year}-07-29` })
}

const serial = (year: number, at: number) => `DP${year % 100}-${String(at).padStart(5, '0')}`

async function deliverLots(cast: Cast, offices: City['offices'], year: number, lot: number): Promise<string> {
  const pieces = (from: number, office: number, more: { serial: string; model: string }[] = []) =>
    [
      ...Array.from({ length: lot - more.length }, (_, at) => ({ serial: serial(year, from + at), model })),
      ...more,
    ].map((piece) => ({ line: 2, ...piece, office: offices[office]?.code ?? '' }))
  const declare = async (note: string, deliveredOn: string, items: ReturnType<typeof pieces>) =>
    (await declareDelivery(cast.leader, { order: `${year}/7`, note, deliveredOn, items })).id
  const first = await declare('DDT 101', `${year}-06-10`, pieces(1, 0))
  await verifyLot(cast, first, [])
  const faults = [
    { serial: serial(year, 9_001), model: 'Desk 200 G4' },
    { serial: serial(year, 1), model },
  ]
  const second = await declare('DDT 118', `${year}-07-03`, pieces(lot + 1, 1, faults))
  await verifyLot(cast, second, [
    { serial: serial(year, 9_001), outcome: 'rejected', reason: 'È un altro modello' },
    { serial: serial(year, 1), outcome: 'rejected', reason: 'Questo numero è già nel registro' },
  ])
  const third = await declare('DDT 130', `${year}-09-15`, pieces(2 * lot + 1, 2))
  await verifyLot(cast, third, [{ serial: serial(year, 2 * lot + 1), outcome: 'missing', reason: '' }])
  return first
}

type Verdict = { serial: string; outcome: 'rejected' | 'missing'; reason: string }

async function verifyLot(cast: Cast, id: string, wrong: readonly Verdict[]): Promise<void> {
  await beginVerification(cast.manager, id)
  const { items } = await findDelivery(cast.manager, id)
  const named = new Set(wrong.map((one) => one.serial))
  const good = items.filter((item) => item.serial !== null && !named.has(item.serial))
  const checks = [...good.map((item) => ({ id: item.id, outcome: 'accepted' as const, reason: '' })), ...wrong]
  await checkItems(cast.manager, id, { checks })
  const { state } = await closeVerification(cast.manager, id, { rest: 'missing' })
  if (state === 'confirming') await confirmVerification(cast.administrator, id, { agrees: true })
}

// Half of the first lot is installed; of the old ones all but two left.
async function replaceOld(cast: Cast, lineId: string, delivery: string, lot: number): Promise<void> {
  const half = Math.min(Math.ceil(lot / 2), 200)
  const old = await listItems(cast.administrator, { type: 'workstation', state: 'in_use', limit: half })
  await setReplaced(cast.administrator, lineId, { codes: old.rows.map(({ code }) => code) })
  const fresh = (await findDelivery(cast.manager, delivery)).items.flatMap(({ itemId }) => itemId ?? [])
  for (const id of fresh.slice(0, half))
    await moveItem(cast.administrator, id, { act: 'install', document: 'Verbale di consegna di prova 1' })
  for (const { id } of old.rows.slice(2))
    await moveItem(cast.administrator, id, { act: 'retire', document: 'Verbale di ritiro di prova 1' })
}

async function decideAll(head: Context, year: number): Promise<void> {
  const { rows } = await findPlan(head, year)
  const lines = rows.map(({ id, version }) => ({ id, version }))
  await decideLines(head, year, { lines, decision: 'accepted' })
}

// This year: what offices asked became lines; one lot waits for its verification, one for the second person.
async function plannedYear(cast: Cast, city: City, today: Temporal.PlainDate): Promise<void> {
  const year = today.year
  await openPlan(cast.manager, { year, closesOn: null })
  const own = cast.contact.actor.officeId
  if (own === null) throw new Error('The office contact has no office')
  await sendSheet(cast.contact, year, own, { lines: [...lastYear] })
  await turnPlan(cast.manager, year, { state: 'deciding' })
  for (const group of (await findCollected(cast.manager, year)).groups)
    await consolidateLines(cast.manager, year, {
      ...{ requestLineIds: group.asked.map(({ id }) => id), category: group.category ?? 'workstation' },
      ...{ description: group.what, kind: group.what.startsWith('PC') ? 'replacement' : 'extension' },
      ...{
        purpose: 'adjustment',
        unitPrice: group.unitPrice ?? '45.00',
        priceCode: group.priceCode,
        chapter: '1234/10',
      },
    })
  const { rows } = await findPlan(cast.head, year)
  const isHeadset = ({ description }: (typeof rows)[number]) => description.startsWith('Cuffia')
  const of = (lines: typeof rows) => lines.map(({ id, version }) => ({ id, version }))
  await decideLines(cast.head, year, { lines: of(rows.filter((row) => !isHeadset(row))), decision: 'accepted' })
  const reason = 'Fuori dal catalogo di quest’anno'
  await decideLines(cast.head, year, { lines: of(rows.filter(isHeadset)), decision: 'refused', reason })
  await approvePlan(cast.head, year, { act: `Delibera di prova 9/${year}` })
  const wanted = rows.filter((row) => !isHeadset(row))
  const ordered = today.subtract({ days: 40 }).toString()
  await placeOrder(cast.manager, year, {
    ...{ number: `${year}/3`, supplierId: city.supplierId, orderedOn: ordered, act: `Determina di prova 44/${year}` },
    lines: wanted.map(({ number, quantity, unitPrice, category }) => ({
      ...{ number, quantity, unitPrice, model: category === 'workstation' ? model : null },
    })),
  })
  await deliverThisYear(cast, city, wanted, today)
}

async function deliverThisYear(
  cast: Cast,
  city: City,
  lines: { number: number; category: string; quantity: number }[],
  today: Temporal.PlainDate,
): Promise<void> {
  const { year } = today
  const office = city.offices.find(({ id }) => id === cast.contact.actor.officeId)?.code ?? ''
  const declare = (note: string, days: number, items: Parameters<typeof declareDelivery>[1]['items']) =>
    declareDelivery(cast.leader, {
      ...{ order: `${year}/3`, note, deliveredOn: today.subtract({ days }).toString(), items },
    })
  const numbered = (category: string, count: number, of: string) => {
    const line = lines.find((one) => one.category === category)
    return Array.from({ length: line === undefined ? 0 : count }, (_, at) => ({
      ...{ line: line?.number ?? null, serial: `${of}${year % 100}-${100 + at}`, office },
      model: category === 'workstation' ? model : null,
    }))
  }
  const { id: first } = await declare('DDT 7', 12, [
    ...numbered('workstation', 7, 'DQ'),
    ...numbered('scanner', 2, 'SC'),
    {
      line: lines.find(({ category }) => category === 'workstation')?.number ?? null,
      serial: `DQ${year % 100}-900`,
      model: 'Desk 200 G4',
      office,
    },
  ])
  const licences = lines.find(({ category }) => category === 'software')
  const { id } = await declare('DDT 8', 5, [
    ...numbered('printer', 1, 'ST'),
    ...(licences === undefined ? [] : [{ line: licences.number, quantity: licences.quantity, office }]),
  ])
  await beginVerification(cast.manager, id)
  // The office says of both whether they arrived: of one, that something is not as it should be.
  await answerDelivery(cast.contact, id, { answer: 'complete' })
  const pcs = lines.find(({ category }) => category === 'workstation')
  await answerDelivery(cast.contact, first, {
    ...{ answer: 'differs', reason: 'Uno dei PC è più piccolo degli altri, e su uno scanner manca il cavo' },
    lines: pcs === undefined ? [] : [pcs.number],
  })
}

// Next year: open for another week; two offices sent, the office contact's own sheet is a draft.
async function collectedYear(cast: Cast, city: City, today: Temporal.PlainDate): Promise<void> {
  const year = today.year + 1
  await openPlan(cast.manager, { year, closesOn: today.add({ days: 7 }).toString() })
  const own = cast.contact.actor.officeId ?? ''
  await saveSheet(cast.contact, year, own, { lines: asLines(draft) })
  const others = city.offices.filter(({ id }) => id !== own).slice(3)
  for (const [at, lines] of sent.entries()) {
    const office = others[at]
    if (office !== undefined) await sendSheet(cast.manager, year, office.id, { lines: asLines(lines) })
  }
}

const asLines = (asked: readonly Asked[]) => asked.map((one) => ({ ...one }))
