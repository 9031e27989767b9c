/** The words and details of a new case of each kind. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import type { Again } from './opening.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'
import {
  applicationQuestions,
  applications,
  dataAsks,
  defectAsks,
  developmentAsks,
  maintenanceAsks,
  supportAsks,
} from './texts/applications.ts'
import { goodsAsks, goodsSolutions } from './texts/goods.ts'
import { faultsAtDistance, faultsOnSite } from './texts/incidents.ts'
import { accountRequests, ancillaryAsks, ancillarySolutions, requestsOnSite } from './texts/requests.ts'
import { reservedAsks } from './texts/talk.ts'
import type { Ask, Topic } from './texts/topics.ts'

type Words = Omit<Again, 'asker'>

/** Interventions on site, of all that is asked of the desk. */
const onSite = 0.88

/** What is asked for. What comes by mail has none of the fields of a form. */
export function wordsFor(stage: Stage, kind: CaseKind, isMail: boolean, askedMs: number): Words {
  const { random } = stage
  switch (kind) {
    case 'incident':
      if (!isMail && random.chance(0.004)) return reserved(random)
      return desk(random, random.pick(random.chance(onSite) ? faultsOnSite : faultsAtDistance), {})
    case 'service_request':
      return request(stage, isMail, askedMs)
    case 'consumable':
      return goods(stage)
    case 'application_support':
      return application(random, supportAsks, {})
    case 'defect':
      return application(random, defectAsks, {})
    case 'small_maintenance': {
      const chance = random.next()
      const nature = chance < 0.5 ? 'corrective' : chance < 0.88 ? 'adaptive' : 'extension'
      return application(random, maintenanceAsks[nature], { nature })
    }
    case 'data_processing':
      return application(random, dataAsks, neededBy(random, 0.5, askedMs))
    case 'development_request': {
      const year = new Date(askedMs).getUTCFullYear()
      return application(random, developmentAsks, { reference: `GESEPA/ICT ${year}-${random.whole(1000, 9999)}` })
    }
    case 'ancillary_service':
      return ancillary(random, askedMs)
  }
}

function desk(random: Random, topic: Topic, details: Words['details']): Words {
  const [title, description] = random.pick(topic.asks)
  return { title: withRoom(random, title), description, about: '', topic, details }
}

function request(stage: Stage, isMail: boolean, askedMs: number): Words {
  const { random } = stage
  const isAccount = !random.chance(onSite)
  const found = isAccount ? null : random.pick(requestsOnSite)
  const details = isMail ? {} : { requestType: found?.type ?? ('account' as const), ...neededBy(random, 0.4, askedMs) }
  return desk(random, found ?? accountRequests, details)
}

const applicationTopic: Topic = {
  team: 'applications',
  isOnSite: false,
  asks: [],
  questions: applicationQuestions,
  solutions: [],
}

function application(random: Random, asks: readonly Ask[], details: Words['details']): Words {
  const about = random.pick(applications)
  const [title, description] = random.pick(asks)
  return { title: title.replace('{a}', about), description, about, topic: applicationTopic, details }
}

function ancillary(random: Random, askedMs: number): Words {
  const ancillaryType = random.pick(['transport', 'transport', 'printing', 'rooms'] as const)
  const topic: Topic = {
    team: ancillaryType === 'transport' ? 'field' : null,
    isOnSite: false,
    asks: ancillaryAsks[ancillaryType],
    questions: [],
    solutions: ancillarySolutions[ancillaryType],
  }
  return desk(random, topic, { ancillaryType, ...neededBy(random, 0.7, askedMs) })
}

function goods({ random, items }: Stage): Words {
  const models = [...Map.groupBy(items, (item) => item.printerModel).values()]
  const offered = random.pick(models).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const asked = offered.slice(0, random.whole(1, Math.min(3, offered.length)))
  const topic: Topic = {
    team: 'field',
    isOnSite: false,
    asks: goodsAsks,
    questions: [],
    solutions: goodsSolutions,
  }
  return desk(random, topic, { items: asked.map(({ id }) => ({ itemId: id, quantity: random.whole(1, 4) })) })
}

function reserved(random: Random): Words {
  const matter = random.pick(['health', 'health', 'police', 'whistleblowing'] as const)
  const topic: Topic = {
    team: 'systems',
    isOnSite: false,
    asks: reservedAsks[matter],
    questions: [],
    solutions: ['Fatto, sentito il richiedente.'],
  }
  return desk(random, topic, { reserved: matter })
}

// For some there is a day by which it is needed.
function neededBy(random: Random, share: number, askedMs: number): Words['details'] {
  if (!random.chance(share)) return {}
  return { neededBy: new Date(askedMs + random.whole(3, 30) * 86_400_000).toISOString().slice(0, 10) }
}

// Most people say which room, so that not every title is like another.
function withRoom(random: Random, title: string): string {
  const room = random.whole(1, 40)
  if (title.includes('{n}')) return title.replace('{n}', String(room))
  return random.chance(0.7) && !title.includes('stanza') ? `${title} (stanza ${room})` : title
}
