import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { LineRow } from '../schema.ts'
import { categories, kinds, purposes } from '../vocabulary.ts'
import { usePlanTexts } from './plan-words.ts'

export type LineInitial = Partial<
  Pick<
    LineRow,
    | 'category'
    | 'description'
    | 'kind'
    | 'purpose'
    | 'unitPrice'
    | 'priceCode'
    | 'chapter'
    | 'fund'
    | 'cup'
    | 'cpv'
    | 'cui'
    | 'softwareNote'
    | 'effectNote'
  >
> & { quantity?: number }

type Fields = {
  initial?: LineInitial
  refused: Refused | undefined
  /** Before the ids, when the page has several such forms. */
  prefix?: string
  hasQuantity?: boolean
  isRequired?: boolean
}

/** What ICT and accounting write of a line; what is seldom needed is folded away. */
export function LineFields({ initial = {}, refused, prefix = '', hasQuantity = true, isRequired = true }: Fields) {
  const { words, fields: t } = usePlanTexts()
  const field = (name: string) => ({ name, inputId: `${prefix}${name}`, refused })
  return (
    <>
      <TextField
        {...field('description')}
        label={t.description}
        initial={initial.description ?? null}
        required={isRequired}
        minLength={3}
        maxLength={300}
      />
      <div className="st-pair">
        <SelectField
          {...field('category')}
          label={t.category}
          initial={initial.category ?? 'workstation'}
          options={categories.map((value) => ({ value, label: words.categories[value] }))}
        />
        <SelectField
          {...field('kind')}
          label={t.kind}
          initial={initial.kind ?? 'new'}
          options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        />
        {hasQuantity && (
          <TextField
            {...field('quantity')}
            label={t.quantity}
            initial={initial.quantity === undefined ? null : String(initial.quantity)}
            inputMode="numeric"
            required={isRequired}
          />
        )}
        <TextField
          {...field('unitPrice')}
          label={t.unitPrice}
          initial={initial.unitPrice?.replace('.', ',') ?? null}
          inputMode="decimal"
          required={isRequired}
        />
        <SelectField
          {...field('purpose')}
          label={t.purpose}
          initial={initial.purpose ?? ''}
          isOptional
          options={[
            { value: '', label: t.noPurpose },
            ...purposes.map((value) => ({ value, label: words.purposes[value] })),
          ]}
        />
      </div>
      <MoreFields initial={initial} field={field} isOpen={refused !== undefined} />
    </>
  )
}

type More = {
  initial: LineInitial
  field: (name: string) => { name: string; inputId: string; refused: Refused | undefined }
  isOpen: boolean
}

function MoreFields({ initial, field, isOpen }: More) {
  const { fields: t } = usePlanTexts()
  return (
    <details className="st-unfold mb-3" open={isOpen || undefined}>
      <summary>{t.more}</summary>
      <div className="st-pair mt-2">
        <TextField {...field('priceCode')} label={t.priceCode} initial={initial.priceCode ?? null} isOptional />
        <TextField {...field('chapter')} label={t.chapter} initial={initial.chapter ?? null} isOptional />
        <TextField {...field('fund')} label={t.fund} initial={initial.fund ?? null} isOptional />
        <TextField {...field('cup')} label={t.cup} hint={t.cupHint} initial={initial.cup ?? null} isOptional />
        <TextField {...field('cpv')} label={t.cpv} hint={t.cpvHint} initial={initial.cpv ?? null} isOptional />
        <TextField {...field('cui')} label={t.cui} hint={t.cuiHint} initial={initial.cui ?? null} isOptional />
      </div>
      <LongField
        {...field('softwareNote')}
        label={t.softwareNote}
        hint={t.softwareHint}
        initial={initial.softwareNote ?? null}
        rows={2}
        isOptional
      />
      <LongField
        {...field('effectNote')}
        label={t.effectNote}
        initial={initial.effectNote ?? null}
        rows={2}
        isOptional
      />
    </details>
  )
}
