import { Form, useLoaderData } from 'react-router'
import { fileSize } from '../../../platform/texts.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { loader } from './delivery.tsx'
import { useDeliveryWords } from './delivery-words.ts'

/** What the verifier photographed; until the verification is over more may be added. */
export function DeliveryPhotos() {
  const { delivery, photos, may } = useLoaderData<typeof loader>()
  const { t: all, language } = useDeliveryWords()
  const t = all.delivery
  return (
    <section className="st-section">
      <h2 id="foto" className="st-h2">
        {t.photos}
      </h2>
      {photos.length === 0 ? (
        <p>{t.noPhotos}</p>
      ) : (
        <ul className="st-list">
          {photos.map((photo, at) => (
            <li key={photo.id}>
              <a href={`/consegne/${delivery.id}/foto/${photo.id}`} download>
                {photo.caption || t.photoName(at + 1)}
              </a>{' '}
              <span className="st-quiet">
                · {fileSize(photo.bytes, language)} · {photo.addedBy !== null && `${t.photoBy(photo.addedBy)}, `}
                <When at={photo.addedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {may.verify && delivery.state !== 'verified' && <AddPhoto />}
    </section>
  )
}

function AddPhoto() {
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const refused = useRefusedAct('photo')
  return (
    <div className="mt-3">
      <Panel label={t.addPhotoPanel} refused={refused}>
        <Form method="post" encType="multipart/form-data">
          <ActField act="photo" />
          <div className="mb-3">
            <label className="st-label" htmlFor="photo">
              {t.photo}
            </label>
            <input
              id="photo"
              name="photo"
              type="file"
              accept="image/jpeg,image/png,image/webp"
              capture="environment"
              required
              className="st-file"
              aria-describedby="photo-hint"
            />
            <p id="photo-hint" className="st-small st-quiet">
              {t.photoHint}
            </p>
          </div>
          <TextField name="caption" label={t.caption} refused={refused} isOptional maxLength={300} />
          <button type="submit" className="btn st-btn is-main">
            {t.addPhoto}
          </button>
        </Form>
      </Panel>
    </div>
  )
}
