import { Form } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import { useReportWords } from './report-words.ts'

type ActButtonProps = {
  act: string
  label: string
  /** What it acts on, for who hears the button without seeing the row. */
  of?: string
  part?: string
  version: number
  more?: Record<string, string>
  isMain?: boolean
}

/** One act that needs no field, as a button of its own. */
export function ActButton({ act, label, of, part, version, more = {}, isMain = false }: ActButtonProps) {
  return (
    <Form method="post" className="d-inline">
      <ActField act={act} part={part} version={version} />
      {Object.entries(more).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={isMain ? 'btn st-btn is-main' : 'st-linklike st-link'}>
        {label}
        {of !== undefined && <span className="visually-hidden"> {of}</span>}
      </button>
    </Form>
  )
}

/** Up, down and away, for a part of a list. */
export function OrderButtons({
  acts,
  of,
  part,
  version,
  isFirst,
  isLast,
}: {
  acts: { move: string; remove: string | null }
  of: string
  part: string
  version: number
  isFirst: boolean
  isLast: boolean
}) {
  const { desk: t } = useReportWords()
  const place = { of, part, version }
  return (
    <span className="st-row">
      {!isFirst && <ActButton act={acts.move} label={t.up} more={{ direction: 'up' }} {...place} />}
      {!isLast && <ActButton act={acts.move} label={t.down} more={{ direction: 'down' }} {...place} />}
      {acts.remove !== null && <ActButton act={acts.remove} label={t.remove} {...place} />}
    </span>
  )
}
