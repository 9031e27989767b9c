import { dayAndTime, exactTime, shortDay } from '../../platform/texts.ts'
import { useShell } from './shell.tsx'

/** An instant as people say it, exact on hover and for the machine. */
export function When({ at, isShort = false }: { at: string; isShort?: boolean }) {
  const { now, zone, language } = useShell()
  return (
    <time dateTime={at} title={exactTime(at, zone, language)}>
      {(isShort ? shortDay : dayAndTime)(at, now, zone, language)}
    </time>
  )
}
