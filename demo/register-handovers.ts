/** What passed from hand to hand in the demo city, and what people said of it: told from the movements. Pure. */
import type { NewHandover } from '../src/modules/register/internal/handover-queries.ts'
import { lifecycle } from '../src/modules/register/internal/lifecycle.ts'
import { handoverActs } from '../src/modules/register/vocabulary.ts'
import type { City, DemoPerson } from './city.ts'
import type { Happened } from './happened.ts'
import type { Random } from './random.ts'
import { type DemoRegister, dayMs, dayOf } from './register-story.ts'

export type DemoHandover = NewHandover & {
  year: number
  number: number
  partyId: string
  answer: 'waiting' | 'confirmed' | 'disputed' | null
  answeredMs: number | null
  madeMs: number
  isOver: boolean
}

/** Handovers older than this are confirmed. */
const answeredAfterDays = 40

/** The records of all movements by which things passed to or from somebody, with what was answered. */
export function tellHandovers(random: Random, register: DemoRegister, city: City, untilMs: number) {
  const people = new Map(city.people.map((person) => [person.id, person]))
  const items = new Map(register.items.map((item) => [item.id, item]))
  const made: DemoHandover[] = []
  const answers: Happened[] = []
  const holders = new Map<string, string | null>()
  const moved = register.happened.filter(({ kind }) => actOf(kind) !== undefined).sort((a, b) => a.at - b.at)
  for (const happened of moved) {
    const act = actOf(happened.kind)
    const { subjectId: itemId, at, payload } = happened
    const item = items.get(itemId)
    if (act === undefined || item === undefined) continue
    const isBack = ['return', 'repair', 'retire', 'dispose'].includes(act)
    const custodianId = payload.custodianId == null ? null : String(payload.custodianId)
    const before = holders.get(itemId) ?? null
    holders.set(itemId, custodianId)
    const receiverId = isBack ? null : custodianId
    const giverId = isBack ? before : null
    if (receiverId === null && giverId === null) continue
    for (const earlier of made) if (earlier.lines[0]?.itemId === itemId) earlier.isOver = true
    const year = new Date(at).getUTCFullYear()
    const number = made.filter((one) => one.year === year).length + 1
    const { officeId, siteId, room } = item
    const id = random.uuid(at)
    happened.payload = { ...payload, handoverId: id }
    const handover: DemoHandover = {
      ...{ id, act, on: dayOf(at), giverId, receiverId, officeId, siteId, room, year, number, madeMs: at },
      ...{ mustAnswer: receiverId !== null, lines: [{ itemId, isBack }], partyId: city.supplierId, isOver: false },
      ...{ answer: receiverId === null ? null : 'waiting', answeredMs: null },
    }
    made.push(handover)
    const receiver = receiverId === null ? undefined : people.get(receiverId)
    if (receiver !== undefined) answer(handover, receiver, random, untilMs, answers)
  }
  return { made, answers }
}

// Most confirm within some days; of what came lately some waits, and now and then something is wrong.
function answer(handover: DemoHandover, by: DemoPerson, random: Random, untilMs: number, answers: Happened[]): void {
  const isRecent = handover.madeMs > untilMs - answeredAfterDays * dayMs
  if (isRecent && (handover.act === 'loan' || random.chance(0.5))) return
  const isWrong = isRecent && random.chance(0.4)
  handover.answer = isWrong ? 'disputed' : 'confirmed'
  handover.answeredMs = Math.min(handover.madeMs + random.whole(2, 60) * 3_600_000, untilMs)
  answers.push({
    ...{ subjectType: 'handover', subjectId: handover.id, actor: by, at: handover.answeredMs },
    kind: isWrong ? 'handover.disputed' : 'handover.confirmed',
    payload: { answeredBefore: 'waiting', itemIds: handover.lines.map(({ itemId }) => itemId) },
    ...(isWrong && { text: { note: 'L’alimentatore non è quello di questo modello.' } }),
  })
}

const actOf = (kind: string) => handoverActs.find((act) => lifecycle[act].kind === kind)
