import { resolve } from 'node:path'
import { z } from 'zod'

/** What the environment may set; the only place that reads it. Documented in docs/configuration.md. */
export type Config = {
  /** Port the web server listens on. */
  port: number
  /** Address the web server binds to; loopback unless set, because TLS ends in a proxy on the same machine. */
  bind: string
  /** Public origin, without a trailing slash; every request is rewritten to it. */
  url: string
  /** Absolute path of the data folder: embedded database, files, secret key. */
  data: string
  /** A PostgreSQL ≥ 15 to use instead of the embedded one. */
  databaseUrl: string | null
  /** Whether an empty database is filled with the demo city. */
  demo: boolean
  /** Size of the demo city; 1 is about 250 people and 600 cases. */
  demoScale: number
  role: 'all' | 'web' | 'worker'
  /** Where mails are handed over (smtp:// or smtps://, with user and password); null: they wait. */
  smtpUrl: string | null
  /** The address our mails come from, and answers go to. */
  mailFrom: string | null
  /** What opens the two mailboxes of `sitec mail copy`: here, because arguments are visible to everybody on the machine. */
  ldapPassword: string | null
  mailCopy: MailCopySecrets
}

/** A password, or a token of OAuth 2, for the mailbox that is read and for the one that is written. */
export type MailCopySecrets = Record<'fromPassword' | 'fromToken' | 'toPassword' | 'toToken', string | null>

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)

const variables = z.object({
  PORT: z.coerce
    .number('must be a port number, for example 3000')
    .int('must be a whole number')
    .min(1, 'must be between 1 and 65535')
    .max(65535, 'must be between 1 and 65535')
    .default(3000),
  SITEC_BIND: z.string().min(1).default('127.0.0.1'),
  SITEC_URL: z
    .url('must be an address such as https://sitec.comune.example.it')
    .refine(
      (text) => URL.canParse(text) && ['', '/'].includes(new URL(text).pathname),
      'must be an origin, without a path',
    )
    .refine(
      (text) => URL.canParse(text) && (new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname)),
      'must be https (or http on localhost): over plain http browsers do not keep the sign-in cookie and anyone on the network could read it. Put SITEC behind a proxy with TLS and set the https address here',
    )
    .optional(),
  SITEC_DATA: z.string().min(1, 'must name a folder').default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/.+/, 'must be an address such as postgresql://user:password@host:5432/sitec')
    .optional(),
  SITEC_DEMO: z.enum(['on', 'off'], 'must be on or off').default('on'),
  DEMO_SCALE: z.coerce
    .number('must be a number, for example 1')
    .min(0.01, 'must be at least 0.01')
    .max(2000, 'must be at most 2000')
    .default(1),
  SITEC_ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
  SITEC_SMTP_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
      'must be an address such as smtps://user:password@smtp.comune.example.it:465',
    )
    .optional(),
  SITEC_MAIL_FROM: z.email('must be an address such as assistenza@comune.example.it').toLowerCase().optional(),
  SITEC_FROM_PASSWORD: z.string().optional(),
  SITEC_FROM_TOKEN: z.string().optional(),
  SITEC_TO_PASSWORD: z.string().optional(),
  SITEC_TO_TOKEN: z.string().optional(),
  SITEC_LDAP_PASSWORD: z.string().optional(),
})

const environment = variables.refine((values) => !values.SITEC_SMTP_URL || values.SITEC_MAIL_FROM, {
  path: ['SITEC_MAIL_FROM'],
  message: 'must be set with SITEC_SMTP_URL: it is the address mails come from',
})

/** The environment is wrong; `lines` has one sentence per bad value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly lines: string[]
  constructor(lines: string[]) {
    super(
      `SITEC cannot start with these settings:\n${lines.map((line) => `  ${line}`).join('\n')}\nSee docs/configuration.md.`,
    )
    this.lines = lines
  }
}

/** Reads and checks the environment; throws one ConfigError that names every bad value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(
        (issue) => `${issue.path.join('.')} ${issue.message} (it is "${shown(given[String(issue.path[0])] ?? '')}")`,
      ),
    )
  }
  const values = parsed.data
  return {
    port: values.PORT,
    bind: values.SITEC_BIND,
    url: new URL(values.SITEC_URL ?? `http://localhost:${values.PORT}`).origin,
    data: resolve(values.SITEC_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    demo: values.SITEC_DEMO === 'on',
    demoScale: values.DEMO_SCALE,
    role: values.SITEC_ROLE,
    smtpUrl: values.SITEC_SMTP_URL ?? null,
    mailFrom: values.SITEC_MAIL_FROM ?? null,
    ldapPassword: values.SITEC_LDAP_PASSWORD ?? null,
    mailCopy: {
      fromPassword: values.SITEC_FROM_PASSWORD ?? null,
      fromToken: values.SITEC_FROM_TOKEN ?? null,
      toPassword: values.SITEC_TO_PASSWORD ?? null,
      toToken: values.SITEC_TO_TOKEN ?? null,
    },
  }
}

// What was given, for the one who gave it, without the password of an address: it would end in a log.
function shown(value: string): string {
  return value.replace(/:[^:/@]*@(?=[^@]*$)/, ':…@')
}
