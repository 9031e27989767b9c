import { Form, Link } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { Block, SeriesRow } from '../report-schema.ts'
import { type BlockKind, chartKinds, outcomes } from '../report-vocabulary.ts'
import { blockField, lineKey, originKey, typedFields, typedHere } from './report-block-fields.ts'
import { useReportWords } from './report-words.ts'

/** What a figure may be read from. */
export type FigureChoices = {
  series: SeriesRow[]
  live: { name: string; label: string }[]
  /** The year of the edition: live figures are offered for it and for the two before. */
  year: number
}

type Props = {
  kind: BlockKind
  block: Block | null
  /** Place of the block; null for a new one. */
  index: number | null
  version: number
  choices: FigureChoices
  refused: Refused | undefined
}
type FieldsProps<Kind extends BlockKind> = {
  block: Extract<Block, { kind: Kind }> | null
  choices: FigureChoices
  refused: Refused | undefined
}

/** The form of one block, new or known. */
export function BlockForm({ kind, block, index, version, choices, refused }: Props) {
  const { desk: t } = useReportWords()
  const act = index === null ? 'add' : 'change'
  const mine = refused?.values.act === act ? refused : undefined
  return (
    <Form method="post" className="st-form st-form-open" aria-label={`${t.addKind[kind]}`}>
      <h3 className="st-h3 mb-2">{index === null ? t.addKind[kind] : `${t.block(index + 1)}, ${t.kinds[kind]}`}</h3>
      <RefusedNotice refused={mine} />
      <ActField act={act} version={version} part={index === null ? undefined : String(index)} />
      <input type="hidden" name={blockField('kind')} value={kind} />
      <TextField
        name={blockField('heading')}
        label={t.blockFields.heading}
        refused={mine}
        initial={block?.heading ?? ''}
        isOptional
        maxLength={200}
      />
      <KindFields {...{ kind, block, choices, refused: mine }} />
      <p className="st-row mt-3">
        <button type="submit" className="btn st-btn is-main">
          {index === null ? t.add : t.save}
        </button>
        <Link to="?" preventScrollReset>
          {t.cancel}
        </Link>
      </p>
    </Form>
  )
}

function KindFields({ kind, block, ...rest }: Pick<Props, 'kind' | 'block' | 'choices' | 'refused'>) {
  switch (kind) {
    case 'text':
      return <TextFields block={block?.kind === 'text' ? block : null} {...rest} />
    case 'figures':
      return <FiguresFields block={block?.kind === 'figures' ? block : null} {...rest} />
    case 'series':
      return <SeriesFields block={block?.kind === 'series' ? block : null} {...rest} />
    case 'commitments':
      return <CommitmentFields block={block?.kind === 'commitments' ? block : null} {...rest} />
  }
}

function TextFields({ block, refused }: FieldsProps<'text'>) {
  const { desk } = useReportWords()
  const t = desk.blockFields
  return (
    <LongField
      name={blockField('body')}
      label={t.body}
      hint={t.bodyHint}
      refused={refused}
      initial={block?.body ?? ''}
      required
      rows={10}
      maxLength={10_000}
    />
  )
}

function FiguresFields({ block, choices, refused }: FieldsProps<'figures'>) {
  const { desk } = useReportWords()
  const t = desk.blockFields
  const years = [choices.year, choices.year - 1, choices.year - 2]
  const origins = [
    { value: typedHere, label: t.typed },
    ...choices.live.flatMap(({ name, label }) =>
      years.map((year) => ({ value: originKey({ from: 'live', name, year }), label: `${t.live}: ${label}, ${year}` })),
    ),
    ...choices.series.flatMap(({ figure, source, values }) =>
      values.map(({ year }) => ({
        value: originKey({ from: 'series', figure, year, source }),
        label: `${t.fromSeries}: ${figure}, ${year} (${source})`,
      })),
    ),
  ]
  return [0, 1, 2].map((at) => {
    const figure = block?.figures[at]
    const typed = typedFields(figure)
    const field = (path: string) => ({ name: blockField(`figures.${at}.${path}`), refused })
    return (
      <fieldset key={at} className="st-question mb-3">
        <legend>{t.figure(at + 1)}</legend>
        <TextField
          {...field('label')}
          label={t.label}
          hint={at > 0 ? t.figureHint : undefined}
          initial={figure?.label ?? ''}
          maxLength={120}
        />
        <SelectField
          {...field('from')}
          label={t.from}
          hint={t.fromHint}
          initial={figure === undefined ? typedHere : originKey(figure.origin)}
          options={origins}
        />
        <div className="st-pair">
          <TextField {...field('origin.value')} label={t.value} initial={typed.value} maxLength={30} />
          <TextField {...field('origin.unit')} label={t.unit} initial={typed.unit} isOptional maxLength={30} />
        </div>
        <div className="st-pair">
          <TextField {...field('origin.date')} type="date" label={t.date} initial={typed.date} />
          <TextField {...field('origin.period')} label={t.period} initial={typed.period} isOptional maxLength={80} />
        </div>
        <TextField {...field('origin.source')} label={t.source} initial={typed.source} maxLength={200} />
      </fieldset>
    )
  })
}

function SeriesFields({ block, choices, refused }: FieldsProps<'series'>) {
  const { desk } = useReportWords()
  const t = desk.blockFields
  const series = choices.series.map((one) => ({ value: lineKey(one), label: `${one.figure} (${one.source})` }))
  return (
    <>
      {series.length === 0 && <p>{desk.noSeriesYet}</p>}
      <TextField
        name={blockField('title')}
        label={t.seriesTitle}
        hint={t.seriesTitleHint}
        refused={refused}
        initial={block?.title ?? ''}
        isOptional
        maxLength={200}
      />
      <SelectField
        name={blockField('chart')}
        label={t.chart}
        refused={refused}
        initial={block?.chart ?? 'columns'}
        options={chartKinds.map((value) => ({ value, label: t.charts[value] }))}
      />
      {[0, 1, 2].map((at) => {
        const line = block?.lines[at]
        return (
          <fieldset key={at} className="st-question mb-3">
            <legend>{t.series(at + 1)}</legend>
            <SelectField
              name={blockField(`lines.${at}.figure`)}
              label={t.fromSeries}
              refused={refused}
              initial={line ? lineKey(line) : ''}
              options={[{ value: '', label: t.noSeries }, ...series]}
            />
            <TextField
              name={blockField(`lines.${at}.label`)}
              label={t.seriesLabel}
              refused={refused}
              initial={line?.label ?? ''}
              maxLength={120}
            />
          </fieldset>
        )
      })}
    </>
  )
}

/** Empty lines offered below those that are there. */
const spare = 3

function CommitmentFields({ block, refused }: FieldsProps<'commitments'>) {
  const { desk, report } = useReportWords()
  const t = desk.blockFields
  const rows = block?.rows ?? []
  return Array.from({ length: Math.min(rows.length + spare, 20) }, (_, at) => {
    const field = (path: string) => ({ name: blockField(`rows.${at}.${path}`), refused })
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: fields are named by their place
      <fieldset key={at} className="st-question mb-3">
        <legend>{t.row(at + 1)}</legend>
        <TextField {...field('commitment')} label={t.commitment} initial={rows[at]?.commitment ?? ''} maxLength={500} />
        <SelectField
          {...field('outcome')}
          label={t.outcome}
          initial={rows[at]?.outcome ?? 'kept'}
          options={outcomes.map((value) => ({ value, label: report.outcomes[value] }))}
        />
        <TextField {...field('result')} label={t.result} initial={rows[at]?.result ?? ''} isOptional maxLength={500} />
      </fieldset>
    )
  })
}
