import { Form, useLoaderData } from 'react-router'
import { FilterChoice, FilterWords } from '../../../web/ui/filter.tsx'
import { decisionKinds } from '../decision-vocabulary.ts'
import type { loader } from './decision-list.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

/** Narrows the list: by office, by words of the address, by suggestion where nothing is proposed yet. */
export function DecisionFilters() {
  const { view, offices } = useLoaderData<typeof loader>()
  const { filter: t, words } = useDecisionTexts()
  const any = { value: '', label: t.any }
  return (
    <Form className="st-filters flex-wrap" role="search" aria-label={t.label}>
      <input type="hidden" name="view" value={view} />
      <FilterWords label={t.words} longest={100} />
      {offices.length > 1 && (
        <FilterChoice
          name="officeId"
          label={t.office}
          options={[any, ...offices.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {view === 'to_propose' && (
        <FilterChoice
          name="suggested"
          label={t.suggested}
          options={[any, ...decisionKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))]}
        />
      )}
      <button className="btn st-btn is-plain" type="submit">
        {t.send}
      </button>
    </Form>
  )
}
