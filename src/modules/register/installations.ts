/** What the desk installs is in use in the register: read from the desk's record, each serial number once. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { deskMark, type Installation, readInstallations } from '../servicedesk/installations.ts'
import type { DeskInstallation } from './case-item-schema.ts'
import { deskItemTexts } from './desk-item-texts.ts'
import {
  insertInstallation,
  lockWatermark,
  selectInstallations,
  writeWatermark,
} from './internal/installation-queries.ts'
import { lockBySerial, type StoredItem } from './internal/item-queries.ts'
import { mayHappen } from './internal/lifecycle.ts'
import { carryOutForAll } from './internal/move.ts'

/** The newest two hundred serial numbers that installations told of, and what became of each. */
export async function listInstallations(ctx: Context): Promise<DeskInstallation[]> {
  allow(ctx.actor, 'register.manage')
  return read(ctx, (ctx) => selectInstallations(ctx, 200))
}

/**
 * Puts in use, at the office of the case and with its number as document, what resolved installations say was put in. What
 * is unknown or may not be installed is noted and changes nothing. Begins with what is resolved after it runs for the first
 * time; running it twice changes nothing more. Returns how many serial numbers were noted.
 */
export async function followDesk(ctx: Context): Promise<number> {
  return transact(ctx, async (ctx) => {
    const mark = await lockWatermark(ctx)
    let noted = 0
    if (mark !== null)
      for await (const page of readInstallations(ctx, mark))
        for (const one of page) for (const serial of one.serials) if (await follow(ctx, one, serial)) noted += 1
    await writeWatermark(ctx, await deskMark(ctx, mark ?? 0, mark === null))
    return noted
  })
}

async function follow(ctx: TxContext, installation: Installation, serial: string): Promise<boolean> {
  const [item] = await lockBySerial(ctx, [serial])
  const outcome = outcomeOf(item)
  const noted = { ...installation, serial: serial.toUpperCase(), itemId: item?.id ?? null, outcome }
  if (!(await insertInstallation(ctx, noted))) return false
  if (item === undefined || outcome !== 'installed') return true
  const { number, officeId, on } = installation
  await carryOutForAll(ctx, [item], {
    ...{
      act: 'install',
      document: deskItemTexts[ctx.language].desk.document(number),
      note: '',
      on,
      version: undefined,
    },
    ...{ siteId: undefined, custodianId: undefined, custodianEmail: undefined, room: undefined, loanUntil: null },
    ...{ replacementId: null, replacementCode: null, officeId: officeId ?? undefined },
  })
  return true
}

function outcomeOf(item: StoredItem | undefined): DeskInstallation['outcome'] {
  if (item === undefined) return 'unknown'
  if (item.state === 'in_use') return 'already'
  return mayHappen('install', item.state) ? 'installed' : 'wrong_state'
}
