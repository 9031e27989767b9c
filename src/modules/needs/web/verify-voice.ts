/** What an ear and a hand get besides the words on the screen. Browser only; silent where the device cannot. */

/** Something is wrong: two long shakes, and the words aloud. */
export function sayWrong(words: string, language: 'it' | 'en') {
  navigator.vibrate?.([300, 100, 300])
  if (!('speechSynthesis' in globalThis)) return
  const said = new SpeechSynthesisUtterance(words)
  said.lang = language === 'it' ? 'it-IT' : 'en-GB'
  speechSynthesis.cancel()
  speechSynthesis.speak(said)
}

/** It was taken: one short shake. */
export function sayFine() {
  navigator.vibrate?.(50)
}
