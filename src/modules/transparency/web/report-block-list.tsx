import { Link } from 'react-router'
import type { Refused } from '../../../web/visit.ts'
import type { Block, ObjectiveDetail } from '../report-schema.ts'
import { type BlockKind, blockKinds } from '../report-vocabulary.ts'
import { BlockForm, type FigureChoices } from './report-block-form.tsx'
import { OrderButtons } from './report-form.tsx'
import { useReportWords } from './report-words.ts'

type Props = {
  objective: ObjectiveDetail
  choices: FigureChoices
  /** Which form the address opens: a new block of a kind, or the block with this number. */
  open: { add: string | null; change: string | null }
  refused: Refused | undefined
}

/** The blocks of an objective; one form at a time, opened by its address, so that it works without JavaScript. */
export function BlockList({ objective, choices, open, refused }: Props) {
  const { desk: t } = useReportWords()
  const { blocks, mayEdit, version } = objective
  const kind = blockKinds.find((one) => one === open.add)
  return (
    <section className="st-section" aria-labelledby="blocks">
      <h2 id="blocks" className="st-h2">
        {t.contents}
      </h2>
      {blocks.length === 0 && <p>{t.noBlocks}</p>}
      <ol className="st-list">
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are named by their place
          <li key={`${at} ${version}`}>
            {mayEdit && open.change === String(at + 1) ? (
              <BlockForm {...{ kind: block.kind, block, index: at, version, choices, refused }} />
            ) : (
              <BlockLine {...{ block, at, objective }} />
            )}
          </li>
        ))}
      </ol>
      {mayEdit && kind === undefined && <AddLinks />}
      {mayEdit && kind !== undefined && (
        <BlockForm {...{ kind, block: null, index: null, version, choices, refused }} key={version} />
      )}
    </section>
  )
}

function AddLinks() {
  const { desk: t } = useReportWords()
  return (
    <p className="st-row mt-3">
      {t.addBlock}:{' '}
      {blockKinds.map((kind: BlockKind) => (
        <Link key={kind} to={`?nuovo=${kind}`} className="btn st-btn is-plain" preventScrollReset>
          {t.addKind[kind]}
        </Link>
      ))}
    </p>
  )
}

function BlockLine({ block, at, objective }: { block: Block; at: number; objective: ObjectiveDetail }) {
  const { desk: t } = useReportWords()
  const name = block.heading || `${t.block(at + 1)}, ${t.kinds[block.kind]}`
  return (
    <div className="st-row st-between">
      <div>
        <p className="st-strong">{name}</p>
        <p className="st-quiet">
          {t.kinds[block.kind]}: <Summary block={block} />
        </p>
      </div>
      {objective.mayEdit && (
        <span className="st-row">
          <Link to={`?blocco=${at + 1}`} preventScrollReset>
            {t.edit}
            <span className="visually-hidden"> {name}</span>
          </Link>
          <OrderButtons
            acts={{ move: 'move', remove: 'remove' }}
            {...{ of: name, part: String(at), version: objective.version }}
            isFirst={at === 0}
            isLast={at === objective.blocks.length - 1}
          />
        </span>
      )}
    </div>
  )
}

function Summary({ block }: { block: Block }) {
  const { figure } = useReportWords()
  switch (block.kind) {
    case 'text':
      return block.body.length > 160 ? `${block.body.slice(0, 160)}…` : block.body
    case 'figures':
      return block.figures
        .map(({ label, origin }) => (origin.from === 'typed' ? `${label} ${figure(origin.value, origin.unit)}` : label))
        .join(' · ')
    case 'series':
      return block.lines.map((line) => `${line.label} (${line.source})`).join(' · ')
    case 'commitments':
      return block.rows.map((row) => row.commitment).join(' · ')
  }
}
