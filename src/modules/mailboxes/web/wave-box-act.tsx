import { Form, Link, useLoaderData } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import type { WaveMailbox } from '../wave-schema.ts'
import type { loader } from './wave.tsx'
import { nameOf, useWaveWords } from './wave-words.ts'

/** What can be done with one mailbox: one thing, the one that helps. */
export function BoxAct({ box }: { box: WaveMailbox }) {
  const { wave, mayAct } = useLoaderData<typeof loader>()
  const { t, number } = useWaveWords()
  const at = `/caselle/gruppi/${wave.number}/${box.mailboxId}`
  const name = nameOf(box)
  if (box.group === 'done') {
    // Its old mailbox is still looked at now and then.
    const mayHold = mayAct && box.state === 'verified' && wave.state === 'cut_over'
    return (
      <>
        {box.hasProof && <ProofLink at={at} name={name} />} {mayHold && <Going box={box} />}
      </>
    )
  }
  if (!mayAct || box.group === 'back') return null
  switch (box.waitsFor) {
    case 'holder':
      return (
        <Link
          className="btn st-btn is-main"
          to={`/caselle/${box.mailboxId}`}
          aria-label={t.acts.of(t.acts.holder, name)}
        >
          {t.acts.holder}
        </Link>
      )
    case 'choices': {
      const label = box.undecided === 1 ? t.acts.decideOne : t.acts.decide(number(box.undecided))
      return (
        <Link className="btn st-btn is-main" to={`${at}/messaggi`} aria-label={t.acts.of(label, name)}>
          {label}
        </Link>
      )
    }
    case 'log':
      return (
        <a className="btn st-btn is-main" href="#registro" aria-label={t.acts.of(t.acts.loadLog, name)}>
          {t.acts.loadLog}
        </a>
      )
    case null:
      return <Going box={box} />
    default:
      return <BoxButton box={box} act="again" label={t.acts.again} isMain />
  }
}

function Going({ box }: { box: WaveMailbox }) {
  const { wave } = useLoaderData<typeof loader>()
  const { t } = useWaveWords()
  if (box.isHeld) return <BoxButton box={box} act="hold" isHeld={false} label={t.acts.release} />
  if (box.state === 'surveyed' || box.state === 'prepared')
    return <BoxButton box={box} act="out" label={t.acts.takeOut} />
  // The whole wave is paused: nothing of this mailbox moves.
  return wave.state === 'paused' ? null : <BoxButton box={box} act="hold" isHeld label={t.acts.hold} />
}

type ButtonProps = { box: WaveMailbox; act: string; label: string; isHeld?: boolean; isMain?: boolean }

function BoxButton({ box, act, label, isHeld, isMain = false }: ButtonProps) {
  const { t } = useWaveWords()
  return (
    <Form method="post" preventScrollReset className="d-inline">
      <ActField act={act} part={box.mailboxId} version={box.version} />
      {isHeld !== undefined && <input type="hidden" name="isHeld" value={String(isHeld)} />}
      <button
        type="submit"
        className={isMain ? 'btn st-btn is-main' : 'st-linklike st-link'}
        aria-label={t.acts.of(label, nameOf(box))}
      >
        {label}
      </button>
    </Form>
  )
}

function ProofLink({ at, name }: { at: string; name: string }) {
  const { t } = useWaveWords()
  return (
    <a href={`${at}/prova.pdf`} aria-label={t.acts.proofOf(name)}>
      {t.acts.proof}
    </a>
  )
}
