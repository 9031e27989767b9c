import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('the configuration', () => {
  test('with nothing set SITEC serves the demo city on localhost', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      bind: '127.0.0.1',
      url: 'http://localhost:3000',
      demo: true,
      demoScale: 1,
      role: 'all',
      databaseUrl: null,
    })
  })

  test('the public address follows the port, and an empty variable counts as absent', () => {
    expect(readConfig({ PORT: '8080', SITEC_URL: '' }).url).toBe('http://localhost:8080')
    expect(readConfig({ SITEC_URL: 'https://sitec.comune.example.it/' }).url).toBe('https://sitec.comune.example.it')
  })

  test.each([
    ['PORT', 'tremila'],
    ['PORT', '70000'],
    ['SITEC_URL', 'http://192.168.1.10:3000'],
    ['SITEC_URL', 'http://sitec.comune.example.it'],
    ['SITEC_URL', 'https://comune.example.it/sitec'],
    ['SITEC_URL', 'sitec'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['SITEC_DEMO', 'forse'],
    ['DEMO_SCALE', '-1'],
    ['SITEC_ROLE', 'both'],
    ['SITEC_SMTP_URL', 'posta.comune.example.it'],
    ['SITEC_MAIL_FROM', 'assistenza'],
  ])('%s=%s is refused with its name and what to do', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`${name} must .*\\(it is "${value.replaceAll('.', '\\.')}"\\)`),
    )
  })

  test('a mail server needs the address mails come from; its password is not repeated in what is refused', () => {
    const url = 'smtps://sitec:segretissima@smtp.comune.example.it:465'
    expect(() => readConfig({ SITEC_SMTP_URL: url })).toThrow(/SITEC_MAIL_FROM must be set with SITEC_SMTP_URL/)
    expect(readConfig({ SITEC_SMTP_URL: url, SITEC_MAIL_FROM: 'Assistenza@comune.example.it' })).toMatchObject({
      smtpUrl: url,
      mailFrom: 'assistenza@comune.example.it',
    })
    const refused = () => readConfig({ SITEC_SMTP_URL: url.replace('smtps', 'imaps') })
    expect(refused).toThrow(/SITEC_SMTP_URL must be an address/)
    expect(refused).not.toThrow(/segretissima/)
  })

  test('several wrong values are told at once', () => {
    const error = (() => {
      try {
        return readConfig({ PORT: 'x', SITEC_DEMO: 'y' })
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(ConfigError)
    expect(error instanceof ConfigError ? error.lines : []).toHaveLength(2)
  })
})
