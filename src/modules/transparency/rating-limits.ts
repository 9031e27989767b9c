/** How long what citizens write may be, and the addresses they are asked about. Plain values: pages use them too. */

export const longestComment = 1000
export const longestDetail = 200
export const longestBarrier = 2000

/** The five words of "Ti è stata utile questa pagina?", from "Per niente" (1) to "Moltissimo" (5). */
export const ratingAnswers = [1, 2, 3, 4, 5] as const

/** Pages of the social report, asked whether they were useful. Year, then section, then objective; or a page of words. */
export const reportPages = /^\/bilancio-sociale\/(\d{4})(?:\/([1-9]\d?(?:-[A-Z])?)(?:\/(\d{1,2}))?|\/[a-z][a-z-]*)?$/

/** Every other public page, asked how clear it is. The two questions are never mixed. */
export const clarityPages =
  /^\/(integrita|sviluppatori|privacy|note-legali|accessibilita|trasparenza(\/[\w-][\w.-]*)*)$/
