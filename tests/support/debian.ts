/** What the tests take from Debian's packages, installed when that can be done here. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const limitMs = 120_000

/**
 * Why something of Debian's is not here, or null when it is. Tries to install it first, waiting for whoever else installs
 * something at the moment.
 */
export function whyNot(what: string, packages: readonly string[], isThere: () => boolean): string | null {
  if (isThere()) return null
  if (process.getuid?.() !== 0) return `${what} is not installed, and only root could install it`
  if (!existsSync('/usr/bin/apt-get')) return `${what} is not installed, and there is no apt-get`
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...words: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=60', ...words], { stdio: 'ignore', timeout: limitMs, env })
  run('update')
  const done = run('install', '-y', '--no-install-recommends', ...packages)
  return isThere() ? null : `${what} could not be installed (apt-get gave ${done.status ?? 'no answer'})`
}
