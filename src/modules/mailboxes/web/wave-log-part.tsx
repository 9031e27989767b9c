import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, UploadField } from '../../../web/ui/act-panel.tsx'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

/** The log of whoever copied, taken in; only where that is somebody else. */
export function LogPart() {
  const { wave, mayAct, isOpen } = useLoaderData<typeof loader>()
  const { t: all } = useWaveWords()
  const t = all.thirdParty
  if (!mayAct || !isOpen || wave.carriedOutBy !== 'third_party') return null
  return (
    <div id="registro">
      <ActPanel label={t.title} act="log">
        <Form method="post" encType="multipart/form-data">
          <ActField act="log" version={wave.version} />
          <UploadField label={t.title} hint={t.hint} inputId="log-file" />
          <button type="submit" className="btn st-btn is-main">
            {t.button}
          </button>
        </Form>
      </ActPanel>
    </div>
  )
}
