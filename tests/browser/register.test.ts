/** The register, walked in a real browser with and without JavaScript, at a desk and on a phone. */

import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const origin = () => `http://localhost:${server.port}`

const technician = 'tecnico@societa.example.it'
const manager = 'contratto@comune.example.it'
const contact = 'referente@comune.example.it'

beforeAll(async () => {
  server = await startServer({ data: newFolder('register') })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, origin(), options)
  await signIn(one.page, email)
  return one
}

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

describe('the register', () => {
  test.each([true, false])(
    'a thing is put in it, installed, and its history tells so (JavaScript: %s)',
    async (javaScript) => {
      const { page, complaints, close } = await arrives(technician, { javaScript })
      const serial = javaScript ? 'BR-JS' : 'BR-NO'
      await page.getByRole('link', { name: 'Registro', exact: true }).first().click()
      await page.getByRole('link', { name: 'Aggiungi un bene' }).click()
      await page.selectOption('#tipo', 'laptop')
      await page.getByRole('button', { name: 'Continua' }).click()
      await page.fill('#name', 'Portatile della prova')
      await page.fill('#serial', serial)
      await page.fill('#cost', 'molto')
      await page.getByRole('button', { name: 'Metti nel registro' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.inputValue('#serial')).toBe(serial)
      await page.fill('#cost', '980,50')
      await page.getByRole('button', { name: 'Metti nel registro' }).click()
      await page.getByRole('heading', { name: 'Portatile della prova' }).waitFor()
      await page.locator('summary', { hasText: 'Installa' }).click()
      await page.fill('#install-document', 'Verbale n. 77')
      await page.fill('#install-custodianEmail', 'impiegata@comune.example.it')
      await page.locator('form:has(#install-document) button[type=submit]').click()
      await page.getByRole('status').getByText('il movimento è registrato').waitFor()
      await page.getByRole('cell', { name: 'Verbale n. 77' }).waitFor()
      expect(await page.getByRole('definition').filter({ hasText: 'Irene Impiegata' }).count()).toBe(1)
      expect(await page.getByRole('definition').filter({ hasText: '980,50' }).count()).toBeGreaterThan(0)
      expect(complaints).toEqual([])
      await close()
    },
  )

  test('is searched and narrowed, and an office’s contact finds their own things alone', async () => {
    const { page, close } = await arrives(manager)
    await page.goto('/registro')
    await page.selectOption('#family', 'databases')
    await page.getByRole('button', { name: 'Cerca', exact: true }).click()
    await page.getByRole('row', { name: /Popolazione residente/ }).waitFor()
    expect(await page.getByRole('link', { name: 'Aggiungi un bene' }).count()).toBe(0)
    await page.fill('#words', 'atti stato civ')
    await page.getByRole('button', { name: 'Cerca', exact: true }).click()
    await page.getByRole('row', { name: /Atti di stato civile/ }).waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await close()
    const own = await arrives(contact)
    await own.page.goto('/registro')
    await own.page.getByRole('heading', { name: 'Registro' }).waitFor()
    await own.page.selectOption('#family', 'databases')
    await own.page.getByRole('button', { name: 'Cerca', exact: true }).click()
    await own.page.getByRole('row', { name: /Cartelle sociali/ }).waitFor()
    expect(await own.page.getByRole('row', { name: /Bilancio e pagamenti/ }).count()).toBe(0)
    expect((await own.page.goto('/registro/consistenza'))?.status()).toBe(403)
    await own.close()
  })

  test('a file is tried before it is loaded; what is wrong in it is named by line', async () => {
    const { page, complaints, close } = await arrives(technician)
    await page.goto('/registro/file')
    const load = async (how: string, text: string) => {
      await page.setInputFiles('#items-file', csv('beni.csv', text))
      await page.locator(`form:has(#items-file) button[value=${how}]`).click()
    }
    await load('load', 'type;name;serial\nworkstation;Uno;F-1\nteiera;Due;F-2\n')
    await page.getByRole('alert').getByText('line 3, column type').waitFor()
    expect(await examine(page)).toEqual([])
    const file = 'type;name;serial;cost\nworkstation;Uno;F-1;700\n'
    await load('try', file)
    await page.getByRole('status').getByText('da aggiungere 1').waitFor()
    await load('load', file)
    await page.getByRole('status').getByText('Aggiunti 1, cambiati 0').waitFor()
    await load('try', file.replace('700', '650'))
    await page.getByRole('row', { name: /cost 700.00 650.00/ }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('inventories of the GLPI agent are tried and loaded, several at once; a file that is none is named', async () => {
    const { page, complaints, close } = await arrives(technician)
    await page.goto('/registro/file')
    const load = async (how: string, files: Parameters<typeof page.setInputFiles>[1]) => {
      await page.setInputFiles('#glpi-files', files)
      await page.locator(`form:has(#glpi-files) button[value=${how}]`).click()
    }
    const json = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await load('try', [json('uno.json', '{"deviceid":"x","content":{}}'), json('appunti.json', 'niente')])
    await page.getByRole('alert').getByText('appunti.json: non è JSON.').waitFor()
    await load('load', [json('altro.json', '{"chi":"sa"}')])
    await page.getByRole('alert').getByText('Non è un inventario dell’agente GLPI').waitFor()
    expect(await examine(page)).toEqual([])
    const fixtures = join(import.meta.dirname, '../../src/modules/register/fixtures')
    const inventories = ['glpi-laptop.json', 'glpi-virtual.json'].map((name) => join(fixtures, name))
    await load('try', inventories)
    await page.getByRole('status').getByText('da aggiungere 4, da cambiare 0').waitFor()
    await page.getByText('Computer 2, monitor 1, stampanti 1; senza numero di serie 2.').waitFor()
    await load('load', inventories)
    await page.getByRole('status').getByText('Aggiunti 4, cambiati 0').waitFor()
    await page.goto('/registro?words=nb-prova')
    await page.getByRole('row', { name: /nb-prova/ }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('the impact of a node has its picture and the same in a table', async () => {
    const { page, complaints, close } = await arrives(manager)
    await page.goto('/registro?words=nodo+1')
    await page.getByRole('link', { name: /^SRV-/ }).first().click()
    const picture = page.getByRole('img', { name: /Disegno/ })
    await picture.waitFor()
    expect(await picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBeGreaterThan(300)
    await page
      .getByRole('row', { name: /Indebolito/ })
      .first()
      .waitFor()
    await page
      .getByRole('row', { name: /Si ferma/ })
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Da che cosa dipende' }).click()
    await page.getByRole('heading', { name: 'Da che cosa dipende questo' }).waitFor()
    await page.getByRole('row', { name: /^1 RCK-000001/ }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

describe('what everybody can use', () => {
  test.each([1280, 375])(
    'every page of the register at %s px has no finding of axe and no sideways scroll',
    async (width) => {
      const { page, complaints, close } = await arrives(technician, { width })
      await page.goto('/registro?words=nodo+1')
      const server = await page.getByRole('link', { name: /^SRV-/ }).first().getAttribute('href')
      await page.goto('/registro?type=application')
      const application = await page.getByRole('link', { name: /^APP-/ }).first().getAttribute('href')
      const paths = [
        ...[
          '/registro',
          '/registro?family=databases',
          '/registro/nuovo',
          '/registro/nuovo?tipo=database',
          '/registro/file',
        ],
        ...['/registro/consistenza', server ?? '', `${application}?verso=dipendenze`, `${server}/correggi`],
      ]
      for (const path of paths) {
        await page.goto(path)
        expect(await examine(page), path).toEqual([])
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow, path).toBeLessThanOrEqual(1)
      }
      expect(complaints).toEqual([])
      await close()
    },
  )

  test('the page of an item is worked with the keyboard alone', async () => {
    const { page, close } = await arrives(technician)
    await page.goto('/registro?type=workstation&state=in_stock')
    await page.getByRole('link', { name: /^PC-/ }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Che cosa fai' }).waitFor()
    await page.locator('summary', { hasText: 'Metti fuori uso' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('#retire-document').focus()
    await page.keyboard.type('Verbale di fuori uso 9')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('il movimento è registrato').waitFor()
    expect(await page.locator('.st-lead').first().textContent()).toContain('fuori uso')
    await close()
  })
})
