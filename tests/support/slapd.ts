/** A real OpenLDAP on loopback: Debian's, installed when that can be done here, with a directory of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { whyNot } from './debian.ts'

export type Directory = {
  url: string
  /** With a certificate that only `authority` vouches for. */
  tlsUrl: string
  base: string
  /** Somebody who may read everything by pages, and at most fifty entries otherwise. */
  reader: string
  password: string
  /** The certificate of who signed the server's, in a file. */
  authority: string
  /** Adds entries, in LDIF, as the directory's administrators would. */
  add: (ldif: string) => void
  /** Takes an entry away. */
  remove: (dn: string) => void
  stop: () => Promise<void>
}

const binary = '/usr/sbin/slapd'
const base = 'dc=comune,dc=example'
const root = `cn=root,${base}`
const password = 'Parola-di-prova'

/** Why there is no slapd for the tests, or null when there is one. Tries to install it, once. */
export function whyNoSlapd(): string | null {
  return whyNot('slapd', ['slapd', 'ldap-utils'], () => existsSync(binary) && existsSync('/usr/bin/ldapadd'))
}

/** Starts it in a folder of its own. */
export async function startSlapd(): Promise<Directory> {
  const folder = mkdtempSync(join(tmpdir(), 'sitec-slapd-'))
  mkdirSync(join(folder, 'data'))
  const [port, tlsPort] = [await freePort(), await freePort()]
  certificate(folder)
  writeFileSync(join(folder, 'computer.schema'), computers)
  writeFileSync(join(folder, 'mail.schema'), mail)
  writeFileSync(join(folder, 'slapd.conf'), configuration(folder))
  const url = `ldap://127.0.0.1:${port}`
  const server = await launch(folder, `${url} ldaps://127.0.0.1:${tlsPort}`, port)
  const tool = (name: string, args: string[], input = '') => {
    const done = spawnSync(name, ['-x', '-H', url, '-D', root, '-w', password, ...args], { input, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${name}: ${done.stderr}`)
  }
  const add = (ldif: string) => tool('ldapadd', [], ldif)
  add(`dn: ${base}
objectClass: dcObject
objectClass: organization
dc: comune
o: Comune di prova

dn: cn=lettore,${base}
objectClass: person
cn: lettore
sn: lettore
userPassword: ${password}
`)
  return {
    ...{ url, tlsUrl: `ldaps://localhost:${tlsPort}`, base, password, authority: join(folder, 'ca.pem') },
    ...{ reader: `cn=lettore,${base}`, add, remove: (dn) => tool('ldapdelete', [dn]) },
    stop: async () => {
      if (server.exitCode === null) {
        const ended = new Promise((done) => server.once('exit', done))
        server.kill('SIGTERM')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const server of running) server.kill('SIGKILL')
})

async function launch(folder: string, urls: string, port: number): Promise<ChildProcess> {
  const args = ['-d', '0', '-h', urls, '-f', join(folder, 'slapd.conf')]
  const server = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  running.add(server)
  server.once('exit', () => running.delete(server))
  let errors = ''
  server.stderr?.on('data', (text) => {
    errors += text
  })
  for (let waited = 0; waited < 15_000; waited += 50) {
    if (server.exitCode !== null) throw new Error(`slapd ended at once: ${errors}`)
    if (await isOpen(port)) return server
    await sleep(50)
  }
  throw new Error(`slapd does not listen: ${errors}`)
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      answer(true)
    })
    socket.on('error', () => answer(false))
  })
}

// An authority, and a certificate for localhost that it signs.
function certificate(folder: string) {
  const file = (name: string) => join(folder, name)
  const openssl = (args: string[]) => {
    const done = spawnSync('openssl', args, { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`openssl ${args[0]}: ${done.stderr}`)
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl([
    'req',
    '-x509',
    ...key,
    '-days',
    '2',
    '-subj',
    '/CN=Prova',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  ])
  openssl(['req', ...key, '-subj', '/CN=localhost', '-keyout', file('key.pem'), '-out', file('request.pem')])
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n')
  const signing = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('names')]
  openssl(['x509', '-req', '-in', file('request.pem'), ...signing, '-days', '2', '-out', file('cert.pem')])
  if (readFileSync(file('cert.pem'), 'utf8') === '') throw new Error('There is no certificate')
}

// What Active Directory calls a computer; OpenLDAP knows `device` alone.
const computers = `
attributetype ( 1.3.6.1.4.1.99999.1 NAME 'dNSHostName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.2 NAME 'operatingSystem' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.3 NAME 'location' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.4 NAME 'managedBy' EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.5 NAME 'lastLogonTimestamp' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.6 NAME 'computer' SUP top STRUCTURAL MUST cn
  MAY ( serialNumber $ dNSHostName $ operatingSystem $ location $ managedBy $ lastLogonTimestamp ) )
`

// What qmail-ldap and Active Directory with Exchange know of mail; `misc.schema` of OpenLDAP has mailLocalAddress.
const text = 'EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15'
const mail = `
attributetype ( 1.3.6.1.4.1.99999.11 NAME 'mailAlternateAddress' ${text} )
attributetype ( 1.3.6.1.4.1.99999.12 NAME 'mailForwardingAddress' ${text} )
attributetype ( 1.3.6.1.4.1.99999.13 NAME 'mailQuota' ${text} SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.99999.14 NAME 'deliveryMode' ${text} )
attributetype ( 1.3.6.1.4.1.99999.15 NAME 'proxyAddresses' EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.99999.16 NAME 'lastLogon' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.17 NAME 'qmailUser' SUP top AUXILIARY
  MAY ( mailAlternateAddress $ mailForwardingAddress $ mailQuota $ deliveryMode ) )
objectclass ( 1.3.6.1.4.1.99999.18 NAME 'mailRecipient' SUP top AUXILIARY MAY ( mail $ proxyAddresses $ lastLogon ) )
objectclass ( 1.3.6.1.4.1.99999.19 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( member $ displayName ) )
objectclass ( 1.3.6.1.4.1.99999.20 NAME 'contact' SUP organizationalPerson STRUCTURAL MAY mail )
`

function configuration(folder: string): string {
  const file = (name: string) => join(folder, name)
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/misc.schema
include ${file('computer.schema')}
include ${file('mail.schema')}
pidfile ${file('pid')}
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile ${file('ca.pem')}
TLSCertificateFile ${file('cert.pem')}
TLSCertificateKeyFile ${file('key.pem')}
database mdb
suffix "${base}"
rootdn "${root}"
rootpw ${password}
directory ${file('data')}
limits users size.soft=50 size.hard=50 size.pr=500 size.prtotal=unlimited
limits anonymous size.soft=5 size.hard=5 size.prtotal=disabled
access to * by users read by anonymous read
`
}

async function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
