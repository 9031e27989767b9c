/** Puts a .br and a .gz beside every text asset of the build, so that serving compresses nothing. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = new URL('../build/client/assets', import.meta.url).pathname
for (const name of readdirSync(folder)) {
  if (!/\.(js|css|svg)$/.test(name)) continue
  const bytes = readFileSync(join(folder, name))
  writeFileSync(
    join(folder, `${name}.br`),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  )
  writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
}
