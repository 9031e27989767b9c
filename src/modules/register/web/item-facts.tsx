import { useLoaderData } from 'react-router'
import { itemTypes } from '../item-types.ts'
import type { ItemDetail } from '../schema.ts'
import type { loader } from './item.tsx'
import { ItemStateMark } from './item-state.tsx'
import { useFigures, useRegisterTexts } from './texts.ts'

/** Both records of the item. */
export function ItemFacts() {
  const { item } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const { day, euros } = useFigures()
  const { fields: f, item: t } = texts.page
  const operational: Fact[] = [
    [f.code, item.code],
    [f.type, texts.types[item.type]],
    [f.title, texts.titles[item.title]],
    [f.takenOverOn, item.takenOverOn === null ? texts.page.notTakenOver : day(item.takenOverOn)],
    [f.office, item.officeName],
    [f.site, item.siteName],
    [f.room, item.room],
    [t.custodian, item.custodianName],
    ...(item.loanUntil === null ? [] : [[f.loanUntil, day(item.loanUntil)] as Fact]),
    ...attributesOf(item, texts),
  ]
  const economic: Fact[] = [
    [f.tag, item.tag],
    [f.serial, item.serial],
    [f.maker, item.maker],
    [f.model, item.model],
    [f.cost, euros(item.cost)],
    [t.residual, euros(item.residualValue)],
    [f.purchasedOn, day(item.purchasedOn)],
    [f.warrantyUntil, day(item.warrantyUntil)],
    [f.funding, item.funding],
    ...(item.writeOffOn === null ? [] : [[t.writeOff, `${item.writeOffDocument}, ${day(item.writeOffOn)}`] as Fact]),
  ]
  return (
    <>
      <section>
        <h2 className="st-h2">{t.facts}</h2>
        <p>
          <ItemStateMark state={item.state} />
        </p>
        <Facts facts={operational} />
      </section>
      <section>
        <h2 className="st-h2">{t.asset}</h2>
        <Facts facts={economic} />
      </section>
    </>
  )
}

type Fact = [label: string, value: string | null]

function attributesOf(item: ItemDetail, texts: ReturnType<typeof useRegisterTexts>): Fact[] {
  const { yes, no } = texts.page.fields
  return itemTypes[item.type].attributes.flatMap(({ name, kind }): Fact[] => {
    const value = item.attributes[name]
    // The name of an office is not known here; its own page of the chart has it.
    if (value === undefined || kind === 'office') return []
    const word = typeof value === 'boolean' ? (value ? yes : no) : String(value)
    const choices: Record<string, string> = texts.choices
    return [[texts.attributes[name], kind === 'choice' ? (choices[word] ?? word) : word]]
  })
}

function Facts({ facts }: { facts: Fact[] }) {
  const { item: t } = useRegisterTexts().page
  const known = facts.filter(([, value]) => value !== null && value !== '' && value !== '–')
  if (known.length === 0) return <p className="st-quiet">{t.nothingKnown}</p>
  return (
    <dl className="st-facts">
      {known.map(([label, value]) => (
        <div key={label} className="st-contents">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
