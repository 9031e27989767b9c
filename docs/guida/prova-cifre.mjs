// Ricalcola le cifre di un trimestre pubblicato e ne segue le impronte fino al capo della catena. Node 20 o successivo:
// node prova-cifre.mjs https://sitec.comune.example.it/trasparenza/livelli/2026-Q1
import { createHash } from 'node:crypto'

const names = ['indicatori.csv', 'interventi.csv', 'disponibilita.csv', 'prova.json']
const base = (process.argv[2] ?? '').replace(/\/$/, '')
const texts = await Promise.all(names.map(async (name) => (await fetch(`${base}/${name}`)).text()))
const [figures, rows, scopes] = texts.slice(0, 3).map((text) => {
  const [head, ...lines] = text.trim().split('\n')
  const cells = (line) => [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map((one) => one[1] ?? one[2])
  return lines.map((line) => Object.fromEntries(head.split(',').map((name, at) => [name, cells(line)[at]])))
})
let wrong = 0
const check = (isRight, what) => {
  wrong += isRight ? 0 : 1
  process.stdout.write(`${isRight ? 'torna    ' : 'NON TORNA'} ${what}\n`)
}

// 1. Le cifre: i conteggi rilevati dalle righe, i valori dai conteggi.
const sum = (list, name) => list.reduce((all, row) => all + Number(row[name]), 0)
for (const line of figures) {
  const of = (list, ...keys) => list.filter((row) => keys.every((key) => row[key] === line[key]))
  const own = of(rows, 'indicator', 'period')
  const counted = own.filter((row) => row.counted === '1')
  const servers = of(scopes, 'indicator', 'service', 'period')
  const isMean = line.measure === 'mean_days'
  const found = {
    uptime: [`${sum(servers, 'up_minutes')}/${sum(servers, 'known_minutes')}`].concat(
      servers.map((row) => `${row.up_minutes}/${row.known_minutes}`), // se la lettura adottata è il server peggiore
    ),
    mean_days: [`${sum(counted, 'working_days')}/${counted.length}`],
  }[line.measure] ?? [`${sum(counted, 'in_time')}/${counted.length}`]
  for (const whose of ['declared', 'observed', 'agreed']) {
    const [part, total, value] = [isMean ? 'days' : 'in_time', 'total', 'value'].map((one) => line[`${whose}_${one}`])
    if (part === '' || total === '') continue // solo un valore, senza conteggi
    const share = line.measure === 'lost_calls' ? total - part : Number(part)
    const [top, bottom] = [BigInt(share) * (isMean ? 100n : 10_000n), BigInt(total)]
    const hundredths = Number(line.target.startsWith('>') ? top / bottom : (top + bottom - 1n) / bottom)
    const isCounted = whose !== 'observed' || line.measure === 'lost_calls' || found.includes(`${part}/${total}`)
    const what = `${line.indicator} ${line.service} ${line.period} ${whose}: ${part}/${total} = ${value}`
    check(isCounted && (hundredths / 100).toFixed(2) === value, what)
  }
  if (own.length > 0 && line.observed_total !== '')
    check(sum(own, 'open_overdue') === Number(line.open_overdue), `${line.indicator} aperte: ${line.open_overdue}`)
}

// 2. Le impronte: dai file all'evento, dall'evento alla foglia, dalla foglia al capo della catena.
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const { event, seal } = JSON.parse(texts[3])
for (const at of [0, 1, 2]) check(event.text.includes(sha256(texts[at])), `impronta di ${names[at]} nell'evento`)
check(sha256(event.text) === event.leaf, "foglia dell'evento")
const leaves = seal.leaves.match(/.{64}/g)
const place = seal.eventIds.findIndex((id) => Number(id) === JSON.parse(event.text)[1])
check(leaves[place] === event.leaf, `foglia nel sigillo ${seal.number}, fra ${leaves.length} eventi`)
const eight = (number) => Buffer.from(BigInt(number).toString(16).padStart(16, '0'), 'hex')
const chain = seal.eventIds.flatMap((id, at) => [eight(id), Buffer.from(leaves[at], 'hex')])
const head = sha256(Buffer.concat([Buffer.from(seal.previousHead, 'hex'), eight(seal.number), ...chain]))
check(head === seal.head, `capo ${head}@${seal.number}`)
process.exitCode = wrong === 0 ? 0 : 1
