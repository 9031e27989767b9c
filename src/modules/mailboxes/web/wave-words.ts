import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { wavePagesTexts } from '../wave-pages-texts.ts'
import type { WaveMailbox } from '../wave-schema.ts'
import { waveTexts } from '../wave-texts.ts'

/** The words of the pages of waves, with how they say numbers, times and names. */
export function useWaveWords() {
  const { language, zone, now } = useShell()
  const t = wavePagesTexts[language]
  const locale = language === 'it' ? 'it-IT' : 'en-GB'
  const clock = (at: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(
      new Date(at),
    )
  return {
    ...{ t, words: waveTexts[language], now, language },
    number: (value: number) => wholeNumber(value, language),
    /** "2 dic", or "2 dic 2027" */
    plainDay: (date: string, hasYear = false) => {
      const year = hasYear ? ({ year: 'numeric' } as const) : ({} as const)
      return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', ...year }).format(
        new Date(`${date}T12:00:00Z`),
      )
    },
    /** "14 min 35 s" */
    duration: (seconds: number) => {
      if (seconds < 60) return t.seconds(seconds)
      const minutes = Math.floor(seconds / 60)
      if (minutes < 60) return t.minutes(minutes, seconds % 60)
      return t.hours(Math.floor(minutes / 60), minutes % 60)
    },
    /** "circa 15 minuti", without the "circa" */
    roughly: (seconds: number) => {
      const minutes = Math.max(1, Math.round(seconds / 60))
      return minutes < 120 ? t.roughly(minutes) : t.hours(Math.floor(minutes / 60), minutes % 60)
    },
    /** The time of the clock in so many seconds. */
    clockIn: (seconds: number) => clock(new Date(Date.parse(now) + seconds * 1000).toISOString()),
  }
}

/** What is before the @: in a wave all have the same domain. */
export function nameOf({ address }: Pick<WaveMailbox, 'address'>): string {
  return address.split('@')[0] ?? address
}

/** Of those that are done so many are shown at first. */
export const shownDone = 4
