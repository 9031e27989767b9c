/** How mailboxes are read from a directory over LDAP. */
import { z } from 'zod'
import { boxKinds } from './box-vocabulary.ts'

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9;-]{0,99}$/)
const attributes = z.array(attribute).max(10)
/** `*` stands for any characters; capitals and small letters are the same. */
const pattern = z.string().trim().min(1).max(200)
const rule = z.strictObject({ attribute, pattern })
const isClass = (name: string) => ({ attribute: 'objectClass', pattern: name })

/**
 * Which attribute says what. Data: a directory that calls things otherwise is another mapping, not other code. The defaults
 * are those of RFC 2798, of the usual schemas for mail (RFC 4524, qmail-ldap, sendmail) and of Active Directory with Exchange.
 */
export const boxMapping = z.strictObject({
  /** The first that has a value is the address; an address that `proxies` calls the primary one goes before. */
  address: attributes.default(['mail', 'mailLocalAddress']),
  name: attributes.default(['displayName', 'cn']),
  aliases: attributes.default(['mailAlternateAddress', 'mailLocalAddress']),
  /** Addresses with their kind before them: `SMTP:` the primary one, `smtp:` an alias; all others are none of mail. */
  proxies: attributes.default(['proxyAddresses']),
  /** Where mail goes on: addresses, or names of entries. */
  forwards: attributes.default(['mailForwardingAddress']),
  /** Of what is here the mail goes on and no copy stays. */
  forwardsOnly: z
    .array(rule)
    .max(50)
    .default([
      { attribute: 'deliveryMode', pattern: 'nolocal' },
      { attribute: 'deliveryMode', pattern: 'forwardonly' },
    ]),
  quota: attributes.default(['mailQuotaSize', 'mailQuota']),
  /** How many bytes one of the quota is, where it is a bare number. */
  quotaUnit: z.int().min(1).max(1_099_511_627_776).default(1),
  /** Lists: whatever these are of has members. */
  lists: z
    .array(rule)
    .max(50)
    .default(['group', 'groupOfNames', 'groupOfUniqueNames', 'groupOfMembers', 'rfc822MailGroup'].map(isClass)),
  /** Names of entries, or addresses. */
  members: attributes.default(['member', 'uniqueMember', 'rfc822MailMember', 'mgrpRFC822MailMember']),
  /** What something is, the first that fits; without an attribute the pattern is of the address. */
  kinds: z
    .array(z.strictObject({ attribute: attribute.optional(), pattern, kind: z.enum(boxKinds) }))
    .max(200)
    .default(['groupOfURLs', 'msExchDynamicDistributionList'].map((name) => ({ ...isClass(name), kind: 'list' }))),
  /** No mailboxes: contacts are addresses of others. */
  leftOut: z.array(rule).max(50).default(['contact', 'computer'].map(isClass)),
})
export type BoxMapping = z.output<typeof boxMapping>
