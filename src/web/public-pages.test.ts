/** Which addresses are the same for everybody, and how long what was answered is kept. */
import { expect, test } from 'vitest'
import { createPageStore, isPublicPage } from './public-pages.ts'

const asked = (address: string, method = 'GET') =>
  isPublicPage(new Request(`https://sitec.example${address}`, { method }))

test('what is published is the same for everybody; what belongs to somebody never is', () => {
  for (const address of [
    '/integrita',
    '/trasparenza',
    '/trasparenza/livelli/2026-Q3.csv',
    '/bilancio-sociale/2016/1-B/2',
  ])
    expect(asked(address), address).toBe(true)
  // Files are made once, whatever somebody writes behind their name.
  expect(asked('/bilancio-sociale/2016.pdf?x=1')).toBe(true)
  for (const address of ['/', '/richieste/1', '/profilo', '/trasparenza-interna', '/bilancio-sociale/2016?voto=4'])
    expect(asked(address), address).toBe(false)
  expect(asked('/trasparenza', 'POST')).toBe(false)
  // The data of a page, asked for by a browser that is already inside, may be answered in somebody's session.
  expect(asked('/trasparenza.data')).toBe(false)
})

test('an answer is given again as it was, and the oldest makes room for the newest', async () => {
  const store = createPageStore()
  await store.keep('/a it', new Response('prima', { headers: { 'content-type': 'text/html' } }))
  const again = store.find('/a it')
  expect(await again?.text()).toBe('prima')
  expect(again?.headers.get('content-type')).toBe('text/html')
  for (let page = 0; page < 500; page++) await store.keep(`/${page} it`, new Response('x'))
  expect(store.find('/a it')).toBeNull()
  expect(store.find('/499 it')).not.toBeNull()
})
