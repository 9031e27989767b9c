/** The two lists that norms ask for: the catalogue of databases, and the inventory of the minimum security measures. */
import { type Context, read } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine, writeCsv } from '../../platform/csv.ts'
import { allow } from '../../platform/permissions.ts'
import type { AttributeName } from './attribute-names.ts'
import { selectDatabases, selectInventory, selectIpaCode } from './internal/export-queries.ts'
import { type ItemType, itemTypeNames, itemTypes } from './item-types.ts'
import { registerTexts } from './texts.ts'

const catalogued: readonly (readonly [string, AttributeName])[] = [
  ['descrizione', 'description'],
  ['riferimento_normativo', 'legal_basis'],
  ['servizi_di_accesso', 'access_services'],
  ['dati_aperti', 'open_data'],
  ['dati_personali', 'personal_data'],
  ['responsabile_esterno', 'processor'],
  ['dbms', 'dbms'],
  ['interfacce', 'interface'],
  ['conservazione', 'retention'],
  ['aggiornamento', 'update_frequency'],
  ['licenza', 'licence'],
  ['dataset', 'dataset_url'],
]

/**
 * The databases as CSV: a superset of the national catalogue (D.L. 90/2014, art. 24-quater): one row a database, with the
 * administration's IPA code, the applications that use it, and beside that who answers for the data and how they are kept.
 */
export async function exportDatabases(ctx: Context): Promise<string> {
  allow(ctx.actor, 'register.read')
  const choices = registerTexts.it.choices as Record<string, string> // any word of a file; what is no choice stays
  return read(ctx, async (ctx) => {
    const [ipa, rows] = [await selectIpaCode(ctx), await selectDatabases(ctx)]
    const header = [
      ...['codice_ipa', 'codice', 'nome', 'ufficio_titolare', 'ufficio_curatore', 'applicativi', 'sistemi'],
      ...catalogued.map(([column]) => column),
    ]
    return writeCsv(
      header,
      rows.map(({ code, name, office, steward, applications, hosts, attributes }) => [
        ...[ipa, code, name, office, steward, applications, hosts],
        ...catalogued.map(([, attribute]) => {
          const value = attributes[attribute]
          return value === undefined ? null : (choices[String(value)] ?? String(value))
        }),
      ]),
    )
  })
}

const isDevice = (type: ItemType) =>
  itemTypes[type].family === 'technical' && itemTypes[type].attributes.some(({ name }) => name === 'mac_address')
const devices = itemTypeNames.filter(isDevice)
const software: readonly ItemType[] = ['licence', 'application', 'online_service']
const inventoryColumns = [
  ...['misura', 'codice', 'tipo', 'nome', 'stato', 'ufficio', 'titolare_della_risorsa', 'funzione', 'nome_in_rete'],
  ...['indirizzo_ip', 'indirizzo_mac', 'sistema_operativo', 'sostenuto_fino_al', 'versione', 'autorizzato_dal'],
]
const atATime = 1_000

/**
 * The evidence of ABSC 1 and 2 (AgID, circolare 2/2017) as CSV: measure 1.4, every device with its address, name, function,
 * who answers for it and its office; measure 2.1, every software with its version. What was taken over is authorised.
 */
export async function* exportSecurityInventory(ctx: Context): AsyncGenerator<string> {
  allow(ctx.actor, 'register.read')
  const t = registerTexts.it
  yield csvByteOrderMark + csvLine(inventoryColumns)
  for (const [measure, types] of [['ABSC 1.4', devices] as const, ['ABSC 2.1', software] as const]) {
    let after = ''
    for (;;) {
      const rows = await read(ctx, (ctx) => selectInventory(ctx, types, after, atATime))
      yield rows
        .map(({ code, type, name, state, office, custodian, takenOverOn, attributes }) => {
          const of = (attribute: AttributeName) =>
            attributes[attribute] === undefined ? null : String(attributes[attribute])
          return csvLine([
            ...[measure, code, t.types[type], of('product') ?? name, t.states[state], office, custodian],
            ...[
              of('role') ?? t.types[type],
              of('hostname'),
              of('ip_address'),
              of('mac_address'),
              of('operating_system'),
            ],
            ...[of('os_support_until'), of('software_version'), takenOverOn],
          ])
        })
        .join('')
      after = rows.at(-1)?.code ?? after
      if (rows.length < atATime) break
    }
  }
}
