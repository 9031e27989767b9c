import type { ReactNode } from 'react'

/** Something wider than a phone: it scrolls in a region of its own, reachable with the keyboard. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll here with the keyboard
    <section className="st-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
