import { useEffect, useRef, useState } from 'react'

/** What is said of reading with the camera. */
export type ScanWords = { read: string; stopReading: string; reading: string; noCamera: string }

type Detector = { detect: (from: HTMLVideoElement) => Promise<{ rawValue: string }[]> }

/** Reads a bar code with the camera, where the browser knows how to; elsewhere there is no button. */
export function ScanButton({ words: t, onRead }: { words: ScanWords; onRead: (text: string) => void }) {
  const [canRead, setCanRead] = useState(false)
  const [isReading, setIsReading] = useState(false)
  const [isBlind, setIsBlind] = useState(false)
  useEffect(() => setCanRead('BarcodeDetector' in globalThis && navigator.mediaDevices !== undefined), [])
  if (!canRead) return null
  const stop = () => setIsReading(false)
  return (
    <>
      <button type="button" className="btn st-btn is-plain" onClick={() => setIsReading(!isReading)}>
        {isReading ? t.stopReading : t.read}
      </button>
      {isReading && (
        <Camera
          label={t.reading}
          onRead={(text) => {
            stop()
            onRead(text)
          }}
          onFail={() => {
            stop()
            setIsBlind(true)
          }}
        />
      )}
      {isBlind && (
        <p className="st-small mb-0 w-100" role="alert">
          {t.noCamera}
        </p>
      )}
    </>
  )
}

type CameraProps = { label: string; onRead: (text: string) => void; onFail: () => void }

function Camera({ label, onRead, onFail }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  const calls = useRef({ onRead, onFail })
  useEffect(() => {
    let isOver = false
    let stream: MediaStream | undefined
    const watch = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const screen = video.current
      if (isOver || screen === null) return
      screen.srcObject = stream
      await screen.play()
      const { BarcodeDetector } = globalThis as unknown as { BarcodeDetector: new () => Detector }
      const detector = new BarcodeDetector()
      while (!isOver) {
        const [found] = await detector.detect(screen)
        if (found && !isOver) return calls.current.onRead(found.rawValue)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    watch()
      .catch(() => !isOver && calls.current.onFail())
      .finally(() => isOver && stop(stream))
    return () => {
      isOver = true
      stop(stream)
    }
  }, [])
  return <video ref={video} className="st-camera" muted playsInline aria-label={label} />
}

function stop(stream: MediaStream | undefined) {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
