import type { ReactNode } from 'react'
import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { type Attribute, type ItemType, itemTypes } from '../item-types.ts'
import { itemTitles } from '../vocabulary.ts'
import { useRegisterTexts } from './texts.ts'

export type OfficeOption = { id: string; name: string; depth: number }
/** What the fields begin with, by their names. */
export type Initial = Record<string, string | null | undefined>
type FieldsProps = { type: ItemType; initial: Initial; refused: Refused | undefined; offices: readonly OfficeOption[] }

/** An office to choose, each below the one it belongs to. */
export function officeOptions(offices: readonly OfficeOption[], none: string) {
  return [
    { value: '', label: none },
    ...offices.map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` })),
  ]
}

/** The fields of both records that a correction may change, and the attributes of the type. */
export function ItemFields({ type, initial, refused, offices }: FieldsProps) {
  const texts = useRegisterTexts()
  const f = texts.page.fields
  const field = (name: string, label: string, more: { type?: string; hint?: string; required?: boolean } = {}) => (
    <TextField
      name={name}
      label={label}
      refused={refused}
      initial={initial[name] ?? ''}
      isOptional={!more.required}
      {...more}
    />
  )
  return (
    <>
      {field('name', f.name, { required: true })}
      <SelectField
        name="title"
        label={f.title}
        refused={refused}
        initial={initial.title ?? 'owned'}
        options={itemTitles.map((value) => ({ value, label: texts.titles[value] }))}
      />
      {field('takenOverOn', f.takenOverOn, { type: 'date', hint: f.takenOverHint })}
      {itemTypes[type].attributes.length > 0 && (
        <Part label={texts.page.newItem.attributes}>
          {itemTypes[type].attributes.map((attribute) => (
            <AttributeField key={attribute.name} attribute={attribute} {...{ initial, refused, offices }} />
          ))}
        </Part>
      )}
      <Part label={texts.page.newItem.money}>
        {field('tag', f.tag)}
        {field('serial', f.serial)}
        {field('maker', f.maker)}
        {field('model', f.model)}
        {field('cost', f.cost)}
        {field('purchasedOn', f.purchasedOn, { type: 'date' })}
        {field('warrantyUntil', f.warrantyUntil, { type: 'date' })}
        {field('funding', f.funding)}
      </Part>
    </>
  )
}

/** A group of fields, two in a row where there is room. */
export function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="st-question mb-3">
      <legend>{label}</legend>
      <div className="st-pair">{children}</div>
    </fieldset>
  )
}

function AttributeField({
  attribute,
  initial,
  refused,
  offices,
}: Omit<FieldsProps, 'type'> & { attribute: Attribute }) {
  const texts = useRegisterTexts()
  const f = texts.page.fields
  const { name, kind, choices = [], isRequired = false } = attribute
  const whole = {
    name: `attributes.${name}`,
    label: texts.attributes[name],
    refused,
    initial: initial[`attributes.${name}`] ?? '',
    isOptional: !isRequired,
  }
  const none = { value: '', label: f.none }
  if (kind === 'office') return <SelectField {...whole} options={officeOptions(offices, f.none)} />
  if (kind === 'yesno')
    return <SelectField {...whole} options={[none, { value: 'yes', label: f.yes }, { value: 'no', label: f.no }]} />
  if (kind === 'choice')
    return (
      <SelectField {...whole} options={[none, ...choices.map((value) => ({ value, label: texts.choices[value] }))]} />
    )
  const element = { text: {}, number: { inputMode: 'decimal' as const }, date: { type: 'date' } }[kind]
  return <TextField {...whole} {...element} required={isRequired} />
}
