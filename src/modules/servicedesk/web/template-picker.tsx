import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Link, useFetcher } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { OfferedTemplate } from '../template-schema.ts'
import type { loader } from './case-templates.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { useKeys } from './use-keys.ts'

/**
 * Reply templates for one case, above the field they go into. R opens it, letters narrow it, arrows choose, Enter
 * inserts. Without JavaScript it is a link to a page that does the same.
 */
export function TemplatePicker({ caseId, fieldId }: { caseId: string; fieldId: string }) {
  const { hasShortcuts } = useShell()
  const t = useKnowledgeTexts().knowledge.templates
  const { load, data } = useFetcher<typeof loader>({ key: `templates-${caseId}` })
  const box = useRef<HTMLDetailsElement>(null)
  const [isAlive, setAlive] = useState(false)
  const open = () => {
    if (box.current) box.current.open = true
    document.querySelector<HTMLInputElement>('#template-words')?.focus()
  }
  useEffect(() => {
    setAlive(true)
    void load(`/richieste/${caseId}/modelli`)
  }, [caseId, load])
  // The queue's R leads here with the picker open.
  useEffect(() => {
    if (!isAlive || window.location.hash !== '#modelli') return
    if (box.current) box.current.open = true
    document.querySelector<HTMLInputElement>('#template-words')?.focus()
  }, [isAlive])
  useKeys(hasShortcuts, { r: open })
  const insert = (template: OfferedTemplate) => {
    insertText(fieldId, template.text)
    if (box.current) box.current.open = false
  }
  if (!isAlive)
    return (
      <p>
        <Link to={`/richieste/${caseId}/modelli`}>{t.pick}</Link>
      </p>
    )
  return (
    <details className="st-picker" ref={box} id="modelli">
      <summary>
        {t.pick} {hasShortcuts && <Key>R</Key>}
      </summary>
      <TemplateList
        templates={data?.templates ?? []}
        insert={insert}
        close={() => box.current?.removeAttribute('open')}
      />
    </details>
  )
}

type ListProps = { templates: OfferedTemplate[]; insert: (template: OfferedTemplate) => void; close: () => void }

function TemplateList({ templates, insert, close }: ListProps) {
  const t = useKnowledgeTexts().knowledge.templates
  const [words, setWords] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const found = templates.filter((template) => resembles(template, words))
  const move = (step: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const now = buttons.findIndex((button) => button.matches(':focus'))
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, now + step))]
    next?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      const first = found[0]
      if (first) insert(first)
    } else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and of the buttons inside it
    <div className="mt-2" onKeyDown={onKey}>
      <label className="st-label" htmlFor="template-words">
        {t.search}
      </label>
      <input
        id="template-words"
        type="search"
        className="form-control st-field"
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        aria-describedby="template-hint"
      />
      <span id="template-hint" className="st-small st-quiet d-block">
        {t.hint} <Link to="/modelli">{t.manage}</Link>
      </span>
      <p className="st-small" role="status">
        {found.length === 0 ? t.noMatch : ''}
      </p>
      <ul className="st-list" ref={list}>
        {found.map((template) => (
          <li key={template.id}>
            <button type="button" className="st-linklike st-link" onClick={() => insert(template)}>
              {template.title}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function resembles(template: OfferedTemplate, words: string): boolean {
  const text = `${template.title} ${template.text}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

// What is in the field stays: the template goes where the cursor is, or at the end.
function insertText(fieldId: string, text: string) {
  const field = document.querySelector<HTMLTextAreaElement>(`textarea#${CSS.escape(fieldId)}`)
  if (!field) return
  field.focus()
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
