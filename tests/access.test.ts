/**
 * Every door, every role, every foreign thing: generated from the API's own document and the pages' own routes,
 * so that a new route is refused by this test until it is named here.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../demo/city.ts'
import { type Part, type TestCity, testCity } from '../demo/testing.ts'
import { addApiKey } from '../src/modules/organisation/keys.ts'
import { createOrganisation } from '../src/modules/organisation/set-up.ts'
import { addMailChannel } from '../src/modules/servicedesk/mail-channels.ts'
import { ingestMail } from '../src/modules/servicedesk/mail-intake.ts'
import { openCase } from '../src/modules/servicedesk/open-case.ts'
import { beginSession } from '../src/modules/transparency/citizen-sessions.ts'
import { actAs, insideTenant } from '../src/platform/auth/actors.ts'
import { hashPassword } from '../src/platform/auth/secrets.ts'
import { signIn } from '../src/platform/auth/sessions.ts'
import type { Context } from '../src/platform/context.ts'
import { mailOf } from '../src/platform/mail/testing.ts'
import { type Action, may, permissions } from '../src/platform/permissions.ts'

type Built = typeof import('../src/app.ts')
type Things = Record<
  | 'case'
  | 'attachment'
  | 'office'
  | 'site'
  | 'person'
  | 'team'
  | 'calendar'
  | 'key'
  | 'party'
  | 'article'
  | 'template'
  | 'outage'
  | 'view'
  | 'mail'
  | 'mailbox'
  | 'box'
  | 'mailServer'
  | 'census'
  | 'scope'
  | 'probe'
  | 'import'
  | 'interruption'
  | 'application'
  | 'entry'
  | 'item'
  | 'relation'
  | 'handover'
  | 'campaign'
  | 'rating'
  | 'edition'
  | 'section'
  | 'objective'
  | 'line'
  | 'guideline'
  | 'priority'
  | 'needsLine'
  | 'decision'
  | 'delivery'
  | 'invoice'
  | 'year',
  string
>

/** What each route of the API asks for; `null` means any good key. */
const actionOf: Record<string, Action | null> = {
  'GET /offices': 'organisation.read',
  'POST /offices': 'organisation.manage',
  'GET /offices/{id}': 'organisation.read',
  'PUT /offices/{id}': 'organisation.manage',
  'PUT /offices/{id}/closure': 'organisation.manage',
  'DELETE /offices/{id}/closure': 'organisation.manage',
  'GET /sites': 'organisation.read',
  'POST /sites': 'organisation.manage',
  'PUT /sites/{id}': 'organisation.manage',
  'GET /people': 'organisation.manage',
  'POST /people': 'organisation.manage',
  'GET /people/matches': 'people.find',
  'GET /people/{id}': 'organisation.manage',
  'PUT /people/{id}': 'organisation.manage',
  'PUT /people/{id}/roles': 'organisation.manage',
  'PUT /people/{id}/departure': 'organisation.manage',
  'DELETE /people/{id}/departure': 'organisation.manage',
  'POST /people/{id}/account': 'organisation.manage',
  'PUT /people/{id}/account/password': 'organisation.manage',
  'PUT /people/{id}/account/suspension': 'organisation.manage',
  'DELETE /people/{id}/account/suspension': 'organisation.manage',
  'DELETE /people/{id}/account/second-factor': 'organisation.manage',
  'GET /keys': 'key.manage',
  'POST /keys': 'key.manage',
  'PUT /keys/{id}/revocation': 'key.manage',
  'GET /parties': 'organisation.read',
  'POST /parties': 'organisation.manage',
  'GET /teams': 'organisation.read',
  'POST /teams': 'organisation.manage',
  'PUT /teams/{id}': 'organisation.manage',
  'GET /teams/{id}/members': 'organisation.read',
  'PUT /teams/{id}/members': 'organisation.manage',
  'GET /calendars': 'organisation.read',
  'POST /calendars': 'organisation.manage',
  'POST /calendars/{id}/versions': 'organisation.manage',
  'POST /imports/offices': 'organisation.manage',
  'POST /imports/people': 'organisation.manage',
  'GET /consumable-items.csv': 'consumable.manage',
  'POST /imports/consumable-items': 'consumable.manage',
  'GET /cases': 'case.read',
  'POST /cases': 'case.open',
  'GET /cases.csv': 'case.export',
  'GET /cases/{id}': 'case.read',
  'POST /cases/{id}/attachments': 'case.reply',
  'GET /cases/{id}/attachments/{attachmentId}': 'case.read',
  'PUT /cases/{id}/taking-in-charge': 'case.take',
  'PUT /cases/{id}/assignment': 'case.assign',
  'PUT /cases/{id}/question': 'case.ask',
  'PUT /cases/{id}/resolution': 'case.resolve',
  'PUT /cases/{id}/confirmation': 'case.answer',
  'PUT /cases/{id}/reopening': 'case.answer',
  'PUT /cases/{id}/withdrawal': 'case.cancel',
  'POST /cases/{id}/entries': 'case.reply',
  'PUT /cases/{id}/erasure': 'case.erase',
  'GET /mail-messages': 'mail.handle',
  'GET /mail-messages/{id}': 'mail.handle',
  'PUT /mail-messages/{id}/retrial': 'mail.handle',
  'PUT /mail-messages/{id}/discarding': 'mail.handle',
  'GET /mailboxes': 'mailboxes.read',
  'POST /mailboxes': 'mailboxes.manage',
  'GET /mailboxes.csv': 'mailboxes.read',
  'GET /mailboxes/{id}': 'mailboxes.read',
  'PUT /mailboxes/{id}': 'mailboxes.manage',
  'GET /mailboxes/{id}/events': 'mailboxes.read',
  'PUT /mailboxes/{id}/holder': 'mailboxes.manage',
  'PUT /mailboxes/{id}/kind': 'mailboxes.manage',
  'PUT /mailboxes/{id}/findings-aside': 'mailboxes.manage',
  'PUT /mailboxes/{id}/findings-resumed': 'mailboxes.manage',
  'GET /mailbox-findings.csv': 'mailboxes.read',
  'POST /imports/mailboxes': 'mailboxes.manage',
  'GET /mailbox-rules': 'mailboxes.read',
  'PUT /mailbox-rules': 'mailboxes.manage',
  'GET /mail-servers': 'mailboxes.manage',
  'POST /mail-servers': 'mailboxes.manage',
  'PUT /mail-servers/{id}': 'mailboxes.manage',
  'PUT /mail-servers/{id}/trial': 'mailboxes.manage',
  'GET /mail-censuses': 'mailboxes.manage',
  'POST /mail-censuses': 'mailboxes.manage',
  'GET /mail-censuses/{id}': 'mailboxes.manage',
  'PUT /mail-censuses/{id}/stop': 'mailboxes.manage',
  'POST /imports/mail-directory': 'mailboxes.manage',
  'GET /mail-channels': 'organisation.manage',
  'POST /mail-channels': 'organisation.manage',
  'PUT /mail-channels/{id}': 'organisation.manage',
  'PUT /cases/{id}/pause': 'case.work',
  'PUT /cases/{id}/resumption': 'case.work',
  'PUT /cases/{id}/promised-date': 'case.work',
  'POST /cases/{id}/visits': 'case.work',
  'PUT /cases/{id}/call-time': 'case.answer',
  'PUT /cases/{id}/estimate': 'case.work',
  'PUT /cases/{id}/approval': 'case.decide',
  'PUT /cases/{id}/refusal': 'case.decide',
  'PUT /cases/{id}/kind': 'case.work',
  'PUT /cases/{id}/kind-consent': 'case.decide',
  'PUT /cases/{id}/kind-refusal': 'case.decide',
  'PUT /cases/{id}/urgency': 'case.work',
  'PUT /cases/{id}/duplicate': 'case.work',
  'POST /cases/{id}/deliveries': 'case.work',
  'PUT /cases/{id}/receipt': 'case.receive',
  'GET /cases/{id}/trace': 'case.read',
  'GET /consumable-items': 'organisation.read',
  'PUT /consumable-items': 'consumable.manage',
  'GET /desk-agreements': 'agreement.read',
  'POST /desk-agreements': 'agreement.manage',
  'POST /desk-agreements/rerating': 'agreement.manage',
  'GET /reports/desk': 'desk.report',
  'GET /escalations': 'case.read',
  'GET /clock-checks': 'desk.report',
  'POST /cases/{id}/external-steps': 'step.import',
  'POST /external-steps': 'step.import',
  'PUT /cases/{id}/external-reference': 'step.import',
  'POST /reconciliations': 'case.reconcile',
  'GET /reconciliations/{id}': 'reconciliation.read',
  'POST /cases/{id}/names': 'names.open',
  'GET /cases/{id}/names': 'names.log',
  'GET /retention': 'retention.read',
  'PUT /retention': 'retention.adopt',
  'PUT /people/{id}/erasure': 'person.erase',
  'POST /people/{id}/copies': 'person.export',
  'GET /outgoing-mail': 'mail.administer',
  'PUT /outgoing-mail/{id}/release': 'mail.administer',
  'POST /outgoing-mail/trial': 'mail.administer',
  'GET /suppressed-addresses': 'mail.administer',
  'PUT /suppressed-addresses': 'mail.administer',
  'DELETE /suppressed-addresses': 'mail.administer',
  'PUT /cases/assignments': 'case.assign',
  'GET /cases/{id}/links': 'case.read',
  'POST /cases/{id}/links': 'case.link',
  'DELETE /cases/{id}/links/{otherId}': 'case.link',
  'GET /views': 'case.read',
  'POST /views': 'case.read',
  'PUT /views/{id}': 'case.read',
  'DELETE /views/{id}': 'case.read',
  'GET /articles': 'article.read',
  'POST /articles': 'article.manage',
  'GET /articles/suggestions': 'article.read',
  'GET /articles/{id}': 'article.read',
  'PUT /articles/{id}': 'article.manage',
  'PUT /articles/{id}/publication': 'article.publish',
  'PUT /articles/{id}/retirement': 'article.manage',
  'PUT /articles/{id}/review': 'article.staff',
  'PUT /articles/{id}/rating': 'article.read',
  'POST /articles/{id}/help': 'article.read',
  'GET /templates': 'template.use',
  'POST /templates': 'template.manage',
  'PUT /templates/{id}': 'template.manage',
  'PUT /templates/{id}/retirement': 'template.manage',
  'GET /outages': 'outage.read',
  'POST /outages': 'outage.manage',
  'GET /outages/known': 'outage.notice',
  'GET /outages/{id}': 'outage.read',
  'PUT /outages/{id}': 'outage.manage',
  'POST /outages/{id}/updates': 'outage.manage',
  'PUT /outages/{id}/end': 'outage.manage',
  'POST /outages/{id}/settlement': 'outage.manage',
  'POST /outages/{id}/cases': 'outage.manage',
  'DELETE /outages/{id}/cases/{caseId}': 'outage.manage',
  'POST /outages/{id}/me-too': 'outage.notice',
  'POST /published-results': 'results.publish',
  'GET /published-results/waiting': 'results.publish',
  'POST /contracts': 'contract.import',
  'GET /contracts/{period}': 'contract.read',
  'POST /contract-readings': 'contract.decide',
  'POST /declarations': 'contract.declare',
  'POST /declarations/cases': 'contract.declare',
  'POST /declarations/figures': 'contract.declare',
  'GET /verifications/{period}': 'contract.read',
  'GET /verifications/{period}/{indicator}': 'contract.read',
  'POST /what-if': 'contract.read',
  'GET /instalments/{year}': 'contract.read',
  'GET /contract-terms': 'contract.read',
  'GET /contests': 'contract.read',
  'POST /contests': 'contract.contest',
  'PUT /contests/{id}/answer': 'contract.contest',
  'PUT /contests/{id}/withdrawal': 'contract.contest',
  'PUT /contests/{id}/agreement': 'contract.decide',
  'GET /exclusions': 'contract.read',
  'POST /exclusions': 'contract.contest',
  'PUT /exclusions/{id}/decision': 'contract.decide',
  'GET /penalties': 'contract.read',
  'POST /penalties': 'contract.decide',
  'POST /deductions': 'contract.decide',
  'PUT /penalties/{id}/counter-deductions': 'contract.counter',
  'PUT /penalties/{id}/decision': 'contract.decide',
  'POST /quarter-reports': 'contract.decide',
  'POST /plan-approvals': 'contract.approve',
  'POST /approvals': 'contract.approve',
  'GET /approvals/{period}': 'contract.read',
  'GET /corrections': 'contract.read',
  'POST /corrections': 'contract.approve',
  'GET /monitored-scopes': 'operations.read',
  'POST /monitored-scopes': 'operations.manage',
  'PUT /monitored-scopes/{id}/end': 'operations.manage',
  'GET /monitored-scopes/{id}/outages': 'operations.read',
  'GET /probes': 'operations.read',
  'POST /probes': 'operations.manage',
  'POST /imports/samples': 'operations.import',
  'POST /imports/outages': 'operations.import',
  'POST /imports/calls': 'operations.import',
  'GET /operations-imports': 'operations.read',
  'GET /operations-imports/{id}': 'operations.read',
  'GET /operations': 'operations.read',
  'GET /interruptions': 'operations.read',
  'POST /interruptions': 'interruption.propose',
  'PUT /interruptions/{id}/acceptance': 'interruption.decide',
  'PUT /interruptions/{id}/refusal': 'interruption.decide',
  // By whoever may propose one, or decide on one: the operation asks for either.
  'PUT /interruptions/{id}/notice': null,
  'GET /applications': 'applications.read',
  'POST /applications': 'applications.manage',
  'PUT /applications/{id}': 'applications.manage',
  'GET /person-days': 'persondays.read',
  'GET /person-days.csv': 'persondays.read',
  'GET /person-days/standing': 'persondays.read',
  'POST /person-days': 'persondays.declare',
  'POST /person-days/{id}/correction': 'persondays.declare',
  'PUT /person-days/decisions': 'persondays.decide',
  'PUT /person-days/{id}/erasure': 'applications.manage',
  'PUT /person-day-quotas': 'persondays.quota',
  'POST /imports/applications': 'applications.manage',
  'POST /imports/person-days': 'persondays.declare',
  'GET /mailbox-decisions': 'mailboxes.read',
  'POST /mailbox-decisions': 'mailboxes.propose',
  'GET /mailbox-decisions/candidates': 'mailboxes.propose',
  'GET /mailbox-decisions/offices': 'mailboxes.read',
  'POST /mailbox-decisions/imports': 'mailboxes.propose',
  'PUT /mailbox-decisions/confirmations': 'mailboxes.confirm',
  'PUT /mailbox-decisions/contests': 'mailboxes.confirm',
  'PUT /mailbox-decisions/approvals': 'mailboxes.approve',
  'PUT /mailbox-decisions/refusals': 'mailboxes.approve',
  'GET /mailbox-decisions/plan': 'mailboxes.read',
  'GET /mailbox-decisions/plan.csv': 'mailboxes.read',
  'GET /mailbox-decisions/settings': 'mailboxes.read',
  'PUT /mailbox-decisions/settings': 'mailboxes.manage',
  'GET /mailbox-decisions/{id}': 'mailboxes.read',
  'POST /mailbox-decisions/{id}/successor': 'mailboxes.propose',
  'PUT /mailbox-decisions/{id}/undoing': 'mailboxes.propose',
  'PUT /mailbox-decisions/{id}/carrying-out': 'mailboxes.propose',
  'GET /migration-calendar': 'mailboxes.read',
  'GET /migration-calendar.ics': 'mailboxes.read',
  'GET /migration-waves': 'mailboxes.read',
  'POST /migration-waves': 'mailboxes.copy',
  'GET /migration-waves/{number}': 'mailboxes.read',
  'PUT /migration-waves/{number}': 'mailboxes.copy',
  'GET /migration-waves/{number}/candidates': 'mailboxes.copy',
  'POST /migration-waves/{number}/mailboxes': 'mailboxes.copy',
  'PUT /migration-waves/{number}/state': 'mailboxes.copy',
  'PUT /migration-waves/{number}/preflight': 'mailboxes.copy',
  'GET /migration-waves/{number}/parted-delegates': 'mailboxes.read',
  'GET /migration-waves/{number}/checks': 'mailboxes.read',
  'PUT /migration-waves/{number}/checks/{code}': 'mailboxes.copy',
  'PUT /migration-waves/{number}/mailboxes/{mailboxId}/hold': 'mailboxes.copy',
  'PUT /migration-waves/{number}/mailboxes/{mailboxId}/retry': 'mailboxes.copy',
  'DELETE /migration-waves/{number}/mailboxes/{mailboxId}': 'mailboxes.copy',
  'GET /migration-waves/{number}/mailboxes/{mailboxId}/set-aside': 'mailboxes.read',
  'PUT /migration-waves/{number}/mailboxes/{mailboxId}/set-aside': 'mailboxes.copy',
  'GET /migration-waves/{number}/mailboxes/{mailboxId}/proof.json': 'mailboxes.read',
  'GET /migration-waves/{number}/mailboxes/{mailboxId}/proof.pdf': 'mailboxes.read',
  'GET /migration-waves/{number}/log.csv': 'mailboxes.read',
  'POST /migration-waves/{number}/log': 'mailboxes.copy',
  'GET /migration-waves/{number}/cases': 'mailboxes.read',
  'POST /migration-waves/{number}/cases': 'mailboxes.copy',
  'DELETE /migration-waves/{number}/cases/{caseId}': 'mailboxes.copy',
  'GET /migration-waves/{number}/messages': 'mailboxes.copy',
  'POST /migration-waves/{number}/messages': 'mailboxes.copy',
  'GET /copy-proofs': 'mailboxes.read',
  'GET /needs-plans': 'needs.read',
  'POST /needs-plans': 'needs.manage',
  'GET /needs-plans/{year}': 'needs.read',
  'PUT /needs-plans/{year}': 'needs.manage',
  'PUT /needs-plans/{year}/state': 'needs.manage',
  'PUT /needs-plans/{year}/decisions': 'needs.decide',
  'PUT /needs-plans/{year}/approval': 'needs.decide',
  'POST /needs-plans/{year}/variations': 'needs.decide',
  'GET /needs-sheets': 'needs.ask',
  'GET /needs-plans/{year}/collection': 'needs.manage',
  'GET /needs-plans/{year}/approvals': 'needs.read',
  'GET /needs-plans/{year}/lines/{number}': 'needs.read',
  'GET /needs-lines/{id}/requests': 'needs.read',
  'GET /needs-lines/{id}/replaced': 'needs.read',
  'GET /needs-plans/{year}/sheets/{id}': 'needs.ask',
  'PUT /needs-plans/{year}/sheets/{id}': 'needs.ask',
  'PUT /needs-plans/{year}/sheets/{id}/sending': 'needs.ask',
  'DELETE /needs-plans/{year}/sheets/{id}/sending': 'needs.manage',
  'POST /needs-plans/{year}/lines': 'needs.manage',
  'POST /needs-plans/{year}/consolidations': 'needs.manage',
  'GET /needs-plans/{year}/lines.csv': 'needs.read',
  'POST /needs-plans/{year}/imports': 'needs.manage',
  'GET /needs-plans/{year}/orders': 'orders.read',
  'POST /needs-plans/{year}/orders': 'needs.order',
  'GET /needs-plans/{year}/orderable-lines': 'needs.order',
  'GET /needs-plans/{year}/invoices': 'needs.read',
  'GET /needs-plans/{year}/reconciliation': 'needs.read',
  'GET /needs-plans/{year}/reconciliation.csv': 'needs.read',
  'PUT /needs-lines/{id}': 'needs.manage',
  'PUT /needs-lines/{id}/offices': 'needs.manage',
  'PUT /needs-lines/{id}/replaced': 'needs.manage',
  'PUT /needs-lines/{id}/closure': 'needs.order',
  'GET /needs-prices': 'needs.read',
  'POST /needs-prices': 'needs.manage',
  'GET /deliveries': 'orders.read',
  'POST /deliveries': 'needs.deliver',
  'GET /deliveries/{id}': 'orders.read',
  'GET /deliveries/{id}/office-answers': 'orders.read',
  'PUT /deliveries/{id}/office-answers': 'needs.receive',
  'GET /office-deliveries': 'needs.receive',
  'GET /directory-unseen-items': 'register.manage',
  'GET /needs-lines/{id}/office-answers': 'needs.read',
  'GET /deliveries/{id}/photos': 'orders.read',
  'POST /deliveries/{id}/photos': 'needs.verify',
  'GET /deliveries/{id}/photos/{photoId}': 'orders.read',
  'POST /deliveries/{id}/verification': 'needs.verify',
  'PUT /deliveries/{id}/verification/checks': 'needs.verify',
  'PUT /deliveries/{id}/verification/closure': 'needs.verify',
  'PUT /deliveries/{id}/verification/confirmation': 'needs.verify',
  'POST /needs-invoices': 'needs.order',
  'PUT /needs-invoices/{id}/payment': 'needs.order',
  'POST /imports/deliveries': 'needs.deliver',
  'POST /imports/verifications': 'needs.verify',
  'GET /item-types': 'register.read',
  'GET /items': 'register.read',
  'GET /items.csv': 'register.read',
  'GET /items.json': 'register.read',
  'GET /items/{id}': 'register.read',
  'GET /items/{id}/events': 'register.read',
  'GET /items/{id}/relations': 'register.read',
  'GET /items/{id}/impact': 'register.read',
  'POST /items': 'register.manage',
  'PUT /items/{id}': 'register.manage',
  'PUT /items/{id}/movement': 'register.manage',
  'POST /item-relations': 'register.manage',
  'DELETE /item-relations/{id}': 'register.manage',
  'POST /imports/glpi': 'register.manage',
  'POST /imports/items': 'register.manage',
  'POST /imports/item-relations': 'register.manage',
  'POST /imports/estate-figures': 'register.manage',
  'GET /database-catalogue.csv': 'register.read',
  'GET /security-inventory.csv': 'register.read',
  'GET /estate': 'register.read',
  'POST /published-needs': 'results.publish',
  'GET /handovers': 'register.read',
  'GET /handovers/{id}': 'item.receive',
  'GET /handovers/{id}/record': 'item.receive',
  'PUT /handovers/{id}/answer': 'item.receive',
  'GET /cases/{id}/items': 'register.read',
  'POST /cases/{id}/items': 'case.link',
  'DELETE /cases/{id}/items/{itemId}': 'case.link',
  'GET /items/{id}/cases': 'register.read',
  'GET /desk-installations': 'register.manage',
  'GET /inventories': 'register.manage',
  'GET /inventories/{id}': 'register.manage',
  'GET /inventories/{id}/items': 'register.manage',
  'POST /inventories': 'register.manage',
  'POST /inventories/{id}/readings': 'register.manage',
  'PUT /inventories/{id}/closure': 'register.manage',
  'PUT /inventories/{id}/items/{itemId}': 'register.manage',
  'GET /own-items': 'item.receive',
  'POST /item-movements': 'register.manage',
  'GET /item-labels': 'register.read',
  'GET /published-editions': null,
  'GET /published-editions/{year}': null,
  'GET /published-editions/{year}/versions': null,
  'GET /editions': 'report.read',
  'POST /editions': 'report.edit',
  'GET /editions/{id}': 'report.read',
  'PUT /editions/{id}': 'report.edit',
  'GET /editions/{id}/preview': 'report.read',
  'PUT /editions/{id}/submission': 'report.edit',
  'PUT /editions/{id}/return': 'report.approve',
  'PUT /editions/{id}/approval': 'report.approve',
  'PUT /editions/{id}/publication': 'report.edit',
  'PUT /editions/{id}/reopening': 'report.edit',
  'POST /editions/{id}/sections': 'report.edit',
  'PUT /report-sections/{id}': 'report.edit',
  'PUT /report-sections/{id}/position': 'report.edit',
  'DELETE /report-sections/{id}': 'report.edit',
  'POST /report-sections/{id}/objectives': 'report.edit',
  'GET /report-objectives/{id}': 'report.read',
  'PUT /report-objectives/{id}': 'report.edit',
  'PUT /report-objectives/{id}/blocks': 'report.edit',
  'PUT /report-objectives/{id}/position': 'report.edit',
  'DELETE /report-objectives/{id}': 'report.edit',
  'GET /priorities': 'report.read',
  'POST /strategic-lines': 'report.edit',
  'POST /guidelines': 'report.edit',
  'POST /priorities': 'report.edit',
  'PUT /priorities/{id}': 'report.edit',
  'PUT /priorities/{id}/state': 'report.edit',
  'GET /report-series': 'report.read',
  'GET /named-figures': 'report.read',
  'POST /imports/report-series': 'report.edit',
  'GET /ratings': 'rating.read',
  'GET /ratings.csv': 'rating.read',
  'GET /rating-comments': 'rating.comment',
  'PUT /rating-comments/{id}/removal': 'rating.comment',
  'GET /publication-settings': 'publication.manage',
  'PUT /publication-settings': 'publication.manage',
}

/** What each page asks for; `open` pages are for everybody, `null` for whoever is signed in, `citizen` for registered citizens alone. */
const pageAction: Record<string, Action | null | 'open' | 'citizen'> = {
  '': null,
  'chiedi/:kind': null,
  'chiedi/materiale': 'organisation.read',
  'le-mie-richieste': 'case.read',
  'da-lavorare': 'case.read',
  'da-lavorare.csv': 'case.export',
  'nuova-richiesta': 'people.find',
  interventi: 'case.work',
  'interventi/chiusure': 'case.work',
  'richieste/:id': 'case.read',
  'richieste/:id/bolla/:deliveryId': 'case.work',
  'amministrazione/materiali': 'consumable.manage',
  'amministrazione/materiali.csv': 'consumable.manage',
  'richieste/:id/modelli': 'template.use',
  'richieste/:id/collegamenti': 'case.read',
  viste: 'case.read',
  articoli: 'article.read',
  'articoli/:id': 'article.read',
  modelli: 'template.use',
  guasti: 'outage.read',
  'guasti/:id': 'outage.read',
  rapporti: 'desk.report',
  'rapporti.csv': 'desk.report',
  'amministrazione/accordo': 'agreement.read',
  'amministrazione/chiavi': 'key.manage',
  'amministrazione/posta-in-uscita': 'mail.administer',
  'richieste/:id/allegati/:attachmentId': 'case.read',
  posta: 'mail.handle',
  'posta/:id': 'mail.handle',
  'richieste/:id/nomi': 'names.log',
  nomi: 'names.log',
  confronto: 'reconciliation.read',
  'confronto/:id': 'reconciliation.read',
  'confronto/:id.csv': 'reconciliation.read',
  'amministrazione/conservazione': 'retention.read',
  'amministrazione/persone/:id/dati': 'person.erase',
  'amministrazione/persone/:id/dati.json': 'person.export',
  trasparenza: 'open',
  'trasparenza/fabbisogni/:year': 'open',
  'trasparenza/fabbisogni/:year/verifica.csv': 'open',
  'trasparenza/fabbisogni/:year/dizionario.json': 'open',
  'trasparenza/fabbisogni/:year/prova.json': 'open',
  'redazione/fabbisogni': 'results.publish',
  'trasparenza/livelli/:period': 'open',
  'trasparenza/livelli/:period/indicatori.csv': 'open',
  'trasparenza/livelli/:period/interventi.csv': 'open',
  'trasparenza/livelli/:period/disponibilita.csv': 'open',
  'trasparenza/livelli/:period/dati.json': 'open',
  'trasparenza/livelli/:period/dizionario.json': 'open',
  'trasparenza/livelli/:period/prova.json': 'open',
  'trasparenza/livelli/:period/grafico-largo.svg': 'open',
  'trasparenza/livelli/:period/grafico-stretto.svg': 'open',
  'catalogo.ttl': 'open',
  'catalogo.jsonld': 'open',
  'redazione/livelli': 'results.publish',
  'redazione/livelli/:period': 'results.publish',
  'redazione/livelli/:period/grafico-largo.svg': 'results.publish',
  'redazione/livelli/:period/grafico-stretto.svg': 'results.publish',
  contratto: 'contract.read',
  'contratto/trimestri': 'contract.read',
  'contratto/contestazioni': 'contract.read',
  'contratto/penali': 'contract.read',
  'contratto/rate': 'contract.read',
  'contratto/documenti': 'contract.read',
  'contratto/e-se': 'contract.read',
  'contratto/:period': 'contract.read',
  'contratto/:period.csv': 'contract.read',
  'contratto/:period.json': 'contract.read',
  'contratto/:period.pdf': 'contract.read',
  'contratto/:period/:indicator': 'contract.read',
  'contratto/:period/:indicator.csv': 'contract.read',
  fabbisogni: 'needs.read',
  'fabbisogni/consegne': 'needs.receive',
  'fabbisogni/:year': 'needs.read',
  'fabbisogni/:year.csv': 'needs.read',
  'fabbisogni/:year/raccolta': 'needs.manage',
  'fabbisogni/:year/righe/:number': 'needs.read',
  'fabbisogni/:year/ufficio/:officeId': 'needs.ask',
  'gestione-operativa': 'operations.read',
  'gestione-operativa/:scope': 'operations.read',
  registro: 'register.read',
  'registro.csv': 'register.read',
  'registro.json': 'register.read',
  'registro/nuovo': 'register.manage',
  'registro/consistenza': 'register.read',
  'registro/file': 'register.read',
  'registro/banche-dati.csv': 'register.read',
  'registro/inventario-absc.csv': 'register.read',
  'registro/:id': 'register.read',
  'registro/:id/correggi': 'register.manage',
  'registro/:id/impatto.svg': 'register.read',
  'registro/consegne': 'register.read',
  'registro/verbali/:id.pdf': 'item.receive',
  inventario: 'register.manage',
  'inventario/:id': 'register.manage',
  'inventario/:id.csv': 'register.manage',
  'inventario/:id/conta': 'register.manage',
  'inventario/:id/letture': 'register.manage',
  'registro/installazioni': 'register.manage',
  'richieste/:id/beni': 'register.read',
  'registro/etichette': 'register.read',
  'registro/etichette.pdf': 'register.read',
  'registro/movimenti': 'register.manage',
  'i-miei-beni': 'item.receive',
  caselle: 'mailboxes.read',
  'caselle.csv': 'mailboxes.read',
  'caselle/rilievi.csv': 'mailboxes.read',
  'caselle/nuova': 'mailboxes.manage',
  'caselle/file': 'mailboxes.manage',
  'caselle/directory': 'mailboxes.manage',
  'caselle/server': 'mailboxes.manage',
  'caselle/regole': 'mailboxes.manage',
  'caselle/censimenti/:id': 'mailboxes.manage',
  'caselle/:id': 'mailboxes.read',
  'piccola-manutenzione': 'persondays.read',
  'piccola-manutenzione.csv': 'persondays.read',
  'fabbisogni/:year/ordini': 'orders.read',
  'fabbisogni/:year/verifica': 'needs.read',
  'fabbisogni/:year/verifica.csv': 'needs.read',
  'fabbisogni/:year/verifica.pdf': 'needs.read',
  'caselle/gruppi': 'mailboxes.read',
  'caselle/gruppi.ics': 'mailboxes.read',
  'caselle/gruppi/:number': 'mailboxes.read',
  'caselle/gruppi/:number.csv': 'mailboxes.read',
  'caselle/gruppi/:number/:mailboxId/messaggi': 'mailboxes.read',
  'caselle/gruppi/:number/:mailboxId/messaggi.mbox': 'mailboxes.copy',
  'caselle/gruppi/:number/:mailboxId/prova.json': 'mailboxes.read',
  'caselle/gruppi/:number/:mailboxId/prova.pdf': 'mailboxes.read',
  'caselle/prove': 'mailboxes.read',
  consegne: 'orders.read',
  'consegne/:id': 'orders.read',
  'consegne/:id/verifica': 'needs.verify',
  'consegne/:id/foto/:photoId': 'orders.read',
  'consegne/:id/controlli': 'needs.verify',
  'r/:token': 'open',
  'r/consegna/:token': 'open',
  'r/caselle/:token': 'open',
  'caselle/proposte': 'mailboxes.read',
  'caselle/proposte/nuova': 'mailboxes.propose',
  'caselle/proposte/importa': 'mailboxes.propose',
  'caselle/proposte/:id': 'mailboxes.read',
  'caselle/piano': 'mailboxes.read',
  'caselle/piano.csv': 'mailboxes.read',
  'caselle/piano.pdf': 'mailboxes.read',
  'bilancio-sociale': 'open',
  'bilancio-sociale/:year': 'open',
  'bilancio-sociale/:year.pdf': 'open',
  'bilancio-sociale/:year/:section': 'open',
  'bilancio-sociale/:year/:section/:objective': 'open',
  'bilancio-sociale/:year/:section/:objective.csv': 'open',
  'bilancio-sociale/:year/:section/:objective.pdf': 'open',
  'bilancio-sociale/:year/versioni': 'open',
  'bilancio-sociale/:year/versioni/:version': 'open',
  'bilancio-sociale/:year/versioni/:version.json': 'open',
  'bilancio-sociale/:year/versioni/:version.pdf': 'open',
  'bilancio-sociale/:year/versioni/:version/:section': 'open',
  'bilancio-sociale/:year/versioni/:version/:section/:objective': 'open',
  'bilancio-sociale/:year/versioni/:version/:section/:objective.csv': 'open',
  'bilancio-sociale/:year/versioni/:version/:section/:objective.pdf': 'open',
  'bilancio-sociale/grafici/:year/:version/:section/:objective/:chart.svg': 'open',
  redazione: 'report.read',
  'redazione/priorita': 'report.read',
  'redazione/serie': 'report.read',
  'redazione/:year': 'report.read',
  'redazione/:year/anteprima': 'report.read',
  'redazione/:year/anteprima/:section': 'report.read',
  'redazione/:year/anteprima/:section/:objective': 'report.read',
  'redazione/:year/grafici/:section/:objective/:chart.svg': 'report.read',
  'redazione/:year/:section/:objective': 'report.read',
  accedi: 'open',
  'accedi/codice': 'open',
  esci: 'open',
  lingua: 'open',
  profilo: null,
  integrita: 'open',
  sviluppatori: 'open',
  valuta: 'open',
  parere: 'open',
  registrati: 'open',
  'registrati/conferma/:token': 'open',
  cittadino: 'citizen',
  valutazioni: 'rating.read',
  'valutazioni.csv': 'rating.read',
  'valutazioni/commenti': 'rating.comment',
  privacy: 'open',
  'note-legali': 'open',
  accessibilita: 'open',
  'amministrazione/pubblicazione': 'publication.manage',
}

const parts: readonly Part[] = [
  'employee',
  'office_contact',
  'agent',
  'technician',
  'team_leader',
  'contract_manager',
  'head_of_ict',
  'administrator',
  'auditor',
  'editor',
  'mail_administrator',
]
const origin = 'http://localhost:3000'
const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
const routes: string[] = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
)

let city: TestCity
let fetchApp: (request: Request) => Response | Promise<Response>
let pages: string[]
const keys = {} as Record<Part, string>
const cookies = {} as Record<Part, string>
let citizenCookie: string
let own: Things
let foreign: Things
let foreignWords: string[]

beforeAll(async () => {
  city = await testCity()
  const built: Built = await import(new URL('../build/server/index.js', import.meta.url).href)
  const app = built.createApp({ ...city.services.config, url: origin }, city.services, null)
  fetchApp = (request) => app.fetch(request)
  pages = built.pagePaths()
  const administrator = await city.as('administrator')
  for (const part of parts) {
    const { actor } = await city.as(part)
    const scopes = Object.keys(permissions) as Action[]
    keys[part] = (await addApiKey(administrator, { name: part, personId: actor.personId ?? '', scopes, days: 1 })).token
    cookies[part] = `__Host-sitec=${(await signIn(city.services, city.emailOf(part), demoPassword, part)).token}`
  }
  // Somebody who plays no part: the routes really act on them.
  const bystander = await city.services.database.owner
    .selectFrom('person')
    .select('id')
    .where('email', 'like', '%1@comune.example.it')
    .executeTakeFirstOrThrow()
  const spare = await addApiKey(administrator, {
    name: 'di scorta',
    personId: bystander.id,
    scopes: ['case.read'],
    days: 1,
  })
  await addMail(administrator, 'nostrano')
  citizenCookie = `__Host-sitec=${await registeredCitizen()}`
  own = { ...(await things(city.organisationId)), person: bystander.id, key: spare.id }
  foreign = await foreignTenant()
})
afterAll(() => city.services.close())

// Somebody who registered to rate pages, and is no person of the administration.
async function registeredCitizen(): Promise<string> {
  const id = '0190cccc-0000-7000-8000-000000000001'
  await city.services.database.owner
    .insertInto('citizen')
    .values({
      ...{ organisation_id: city.organisationId, id, email: 'anna@posta.example' },
      ...{ password_hash: await hashPassword('Una-parola-lunga-9') },
    })
    .execute()
  return insideTenant(city.services, city.organisationId, (ctx) => beginSession(ctx, id))
}

// A message that waits, and a mailbox.
async function addMail(administrator: Context, name: string) {
  await ingestMail(administrator, mailOf({ from: `${name}@posta.example`, subject: `Messaggio ${name}` }))
  await addMailChannel(administrator, {
    ...{ name: `Casella ${name}`, address: `${name}@comune.example.it`, host: `${name}.posta.example` },
    ...{ username: name, password: 'Una-parola-lunga-9' },
  })
}

async function things(organisationId: string): Promise<Things> {
  const first = async (
    table:
      | 'desk_case'
      | 'case_attachment'
      | 'office'
      | 'site'
      | 'person'
      | 'team'
      | 'calendar'
      | 'api_key'
      | 'party'
      | 'article'
      | 'reply_template'
      | 'outage'
      | 'saved_view'
      | 'mail_message'
      | 'mail_channel'
      | 'mailbox'
      | 'mail_server'
      | 'mail_census'
      | 'monitored_scope'
      | 'probe'
      | 'operations_import'
      | 'planned_interruption'
      | 'application'
      | 'person_day_entry'
      | 'configuration_item'
      | 'item_relation'
      | 'handover'
      | 'inventory_campaign'
      | 'page_rating'
      | 'report_edition'
      | 'report_section'
      | 'report_objective'
      | 'strategic_line'
      | 'guideline'
      | 'priority'
      | 'needs_line'
      | 'mailbox_decision'
      | 'delivery'
      | 'needs_invoice',
  ) =>
    (
      await city.services.database.owner
        .selectFrom(table)
        .select('id')
        .where('organisation_id', '=', organisationId)
        .limit(1)
        .executeTakeFirst()
    )?.id ?? '00000000-0000-4000-8000-000000000000'
  const [desk, attachment, office, site, person, team, calendar, key, party] = [
    await first('desk_case'),
    await first('case_attachment'),
    await first('office'),
    await first('site'),
    await first('person'),
    await first('team'),
    await first('calendar'),
    await first('api_key'),
    await first('party'),
  ]
  const [article, template, outage, view, mail, mailbox, rating] = [
    await first('article'),
    await first('reply_template'),
    await first('outage'),
    await first('saved_view'),
    await first('mail_message'),
    await first('mail_channel'),
    await first('page_rating'),
  ]
  const [scope, probe, file, interruption, application, entry] = [
    await first('monitored_scope'),
    await first('probe'),
    await first('operations_import'),
    await first('planned_interruption'),
    await first('application'),
    await first('person_day_entry'),
  ]
  const register = {
    item: await first('configuration_item'),
    relation: await first('item_relation'),
    handover: await first('handover'),
    campaign: await first('inventory_campaign'),
  }
  const knowledge = {
    ...{ article, template, outage, view },
    ...{ scope, probe, import: file, interruption, application, entry },
  }
  const report = {
    edition: await first('report_edition'),
    section: await first('report_section'),
    objective: await first('report_objective'),
    line: await first('strategic_line'),
    guideline: await first('guideline'),
    priority: await first('priority'),
    needsLine: await first('needs_line'),
    decision: await first('mailbox_decision'),
    delivery: await first('delivery'),
    invoice: await first('needs_invoice'),
    year: organisationId === city.organisationId ? String(new Date().getUTCFullYear() - 1) : foreignYear,
  }
  return {
    case: desk,
    attachment,
    office,
    site,
    person,
    team,
    calendar,
    key,
    party,
    ...knowledge,
    ...register,
    mail,
    mailbox,
    box: await first('mailbox'),
    mailServer: await first('mail_server'),
    census: await first('mail_census'),
    ...report,
    rating,
  }
}

// A year for which only the other administration has an edition.
const foreignYear = '1951'

// Another administration with one of everything, whose words must never be read here.
async function foreignTenant(): Promise<Things> {
  const made = await createOrganisation(city.services, {
    name: 'Comune straniero',
    ipaCode: 'c_straniero',
    zone: 'Europe/Rome',
    isDemo: true,
    administrator: {
      givenName: 'Xenia',
      familyName: 'Straniera',
      email: 'straniera@altro.example.it',
      password: 'Una-parola-lunga-9',
    },
  })
  const owner = city.services.database.owner
  const org = { organisation_id: made.organisation.id }
  const id = (n: number) => `0190aaaa-0000-7000-8000-00000000000${n}`
  await owner
    .insertInto('office')
    .values({ ...org, id: id(1), kind: 'area', code: 'X1', name: 'Ufficio straniero' })
    .execute()
  await owner
    .insertInto('site')
    .values({ ...org, id: id(2), code: 'X1', name: 'Sede straniera' })
    .execute()
  await owner
    .insertInto('team')
    .values({ ...org, id: id(3), party_id: made.partyId, name: 'Squadra straniera', tier: 1 })
    .execute()
  const context = await actAs(city.services, made.organisation.id, made.administratorId, 'portal')
  if (context === null) throw new Error('The foreign administrator cannot act')
  const kept = await city.services.files.keep(Buffer.from('segreto straniero'))
  await openCase(context, { kind: 'incident', title: 'Guasto straniero', description: 'Testo straniero' }, [
    { ...kept, name: 'straniero.txt' },
  ])
  await addMail(context, 'straniero')
  await addApiKey(context, { name: 'Chiave straniera', personId: made.administratorId, scopes: ['case.read'], days: 1 })
  await foreignKnowledge(org, made.administratorId, id)
  await foreignOperations(org, id)
  await foreignReport(org)
  await foreignNeeds(org, made.partyId)
  await foreignMailboxes(org)
  await foreignWaves(org)
  await foreignRegister(org)
  await foreignDecision(org, made.administratorId)
  foreignWords = ['stranier', 'Xenia']
  return things(made.organisation.id)
}

async function foreignKnowledge(org: { organisation_id: string }, personId: string, id: (n: number) => string) {
  const owner = city.services.database.owner
  const at = new Date().toISOString()
  const row = { ...org, version: 1, updated_at: at }
  await owner
    .insertInto('article')
    .values({
      ...row,
      id: id(4),
      title: 'Articolo straniero',
      body: 'Testo straniero',
      audience: 'everybody',
      state: 'published',
      owner_id: personId,
      review_on: '2020-01-01',
      published_at: at,
      search: "'una':1A 'prova':2A",
    })
    .execute()
  await owner
    .insertInto('reply_template')
    .values({ ...row, id: id(5), title: 'Modello straniero', body: 'Testo straniero' })
    .execute()
  await owner
    .insertInto('outage')
    .values({
      ...row,
      id: id(6),
      title: 'Guasto straniero',
      body: 'Testo straniero',
      team_id: id(3),
      state: 'open',
      started_at: at,
      search: "'prova':1",
    })
    .execute()
  await owner
    .insertInto('page_rating')
    .values({
      ...{ ...org, id: id(8), page: '/bilancio-sociale/2025/straniera', version: 1, answer: 1 },
      ...{ day: '2026-01-01', has_text: true },
    })
    .execute()
  await owner
    .insertInto('saved_view')
    .values({ ...org, id: id(7), owner_id: personId, name: 'Vista straniera', filter: '{}', version: 1 })
    .execute()
}

async function foreignOperations(org: { organisation_id: string }, id: (n: number) => string) {
  const owner = city.services.database.owner
  const named = { code: 'X1', name: 'Cosa straniera' }
  const life = { begins_on: '2026-01-01', version: 1 }
  await owner
    .insertInto('monitored_scope')
    .values({
      ...{ ...org, ...named, ...life, id: id(1), kind: 'server' },
      ...{ hosts_web: false, hours: 'always', interval_s: 300 },
    })
    .execute()
  await owner
    .insertInto('probe')
    .values({ ...org, ...named, id: id(2), network: 'x', run_by: 'administration' })
    .execute()
  const digest = 'f'.repeat(64)
  await owner
    .insertInto('operations_import')
    .values({
      ...{ ...org, id: id(3), what: 'samples', by_party: 'administration' },
      ...{ sha256: digest, lines: 1, added: 1, known: 0, digest },
    })
    .execute()
  const at = new Date().toISOString()
  await owner
    .insertInto('planned_interruption')
    .values({
      ...{ ...org, id: id(4), scope_id: id(1), kind: 'ordinary', reason: 'Fermo straniero', state: 'proposed' },
      ...{ from_at: at, until_at: new Date(Date.now() + 3_600_000).toISOString(), proposed_at: at, version: 1 },
    })
    .execute()
  await owner
    .insertInto('application')
    .values({ ...org, ...named, ...life, id: id(5), area: 'web' })
    .execute()
  const event = await owner.selectFrom('event').select('id').limit(1).executeTakeFirstOrThrow()
  await owner
    .insertInto('person_day_entry')
    .values({
      ...{ ...org, id: id(6), area: 'web', application_id: id(5), day: '2026-01-01' },
      ...{ tenths: 1, state: 'declared', event_id: event.id, reference: 'straniero', version: 1 },
    })
    .execute()
}

async function foreignMailboxes(org: { organisation_id: string }) {
  const owner = city.services.database.owner
  const id = (n: number) => `0190eeee-0000-7000-8000-00000000000${n}`
  const at = new Date().toISOString()
  const server = {
    name: 'Server straniero',
    kind: 'imap',
    host: 'straniero.example.com',
    port: 993,
    is_encrypted: true,
  }
  await owner
    .insertInto('mail_server')
    .values({ ...org, ...server, id: id(1), sign_in: 'own', most_connections: 1, version: 1 })
    .execute()
  const box = { address: 'straniero@straniero.example.com', kind: 'office', source: 'hand', seen_at: at, version: 1 }
  await owner
    .insertInto('mailbox')
    .values({ ...org, ...box, id: id(2), name: 'Casella straniera', server_id: id(1) })
    .execute()
  await owner
    .insertInto('mail_census')
    .values({
      ...org,
      id: id(3),
      source: 'imap',
      server_id: id(1),
      with_personal: false,
      state: 'running',
      begun_at: at,
    })
    .execute()
}

async function foreignRegister(org: { organisation_id: string }) {
  const owner = city.services.database.owner
  const id = (n: number) => `0190dddd-0000-7000-8000-00000000000${n}`
  for (const n of [1, 2]) {
    const named = { code: `X-${n}`, type: 'server', name: 'Bene straniero', state: 'in_use', title: 'owned' }
    await owner
      .insertInto('configuration_item')
      .values({ ...org, ...named, id: id(n), search: "'straniero' 'prova'", version: 1 })
      .execute()
    await owner
      .insertInto('asset')
      .values({ ...org, item_id: id(n), serial: `X${n}`, model: 'Modello straniero' })
      .execute()
  }
  const act = { act: 'install', happened_on: '2026-01-02', room: 'Stanza straniera' }
  await owner
    .insertInto('handover')
    .values({ ...org, ...act, id: id(5), year: 2026, number: 1 })
    .execute()
  await owner
    .insertInto('handover_item')
    .values({ ...org, handover_id: id(5), item_id: id(1), is_back: false })
    .execute()
  await owner
    .insertInto('inventory_campaign')
    .values({ ...org, id: id(6), name: 'Inventario straniero', planned_on: '2026-01-02' })
    .execute()
  await owner
    .insertInto('campaign_item')
    .values({ ...org, campaign_id: id(6), item_id: id(1) })
    .execute()
  await owner
    .insertInto('item_relation')
    .values({ ...org, id: id(3), kind: 'depends_on', from_id: id(1), to_id: id(2) })
    .execute()
  await owner
    .insertInto('estate_figure')
    .values({
      ...{ ...org, id: id(4), definition: 'laptops', as_of: '2023-12-31', source: 'Fonte straniera' },
      ...{ quantity: 1, unit: 'count' },
    })
    .execute()
}

// A mailbox with a proposal that waits.
async function foreignDecision(org: { organisation_id: string }, personId: string) {
  const owner = city.services.database.owner
  const id = (n: number) => `0190eeee-0000-7000-8000-00000000000${n}`
  const at = new Date().toISOString()
  await owner
    .insertInto('mailbox')
    .values({
      ...{ ...org, id: id(1), address: 'ufficio@straniero.example', kind: 'office', source: 'hand' },
      ...{ seen_at: at, version: 1 },
    })
    .execute()
  await owner
    .insertInto('mailbox_decision')
    .values({
      ...{ ...org, id: id(2), mailbox_id: id(1), mailbox_kind: 'office', kind: 'keep', state: 'proposed' },
      ...{ proposed_at: at, proposed_by: personId, answer_by: '2051-01-01', version: 1 },
    })
    .execute()
}

// An edition in preparation and published, as nobody here may ever read it.
async function foreignReport(org: { organisation_id: string }) {
  const owner = city.services.database.owner
  const id = (n: number) => `0190bbbb-0000-7000-8000-00000000000${n}`
  const at = new Date().toISOString()
  const row = { ...org, version: 1, updated_at: at }
  const title = 'Bilancio straniero'
  await owner
    .insertInto('strategic_line')
    .values({ ...org, id: id(1), number: 1, title })
    .execute()
  await owner
    .insertInto('guideline')
    .values({ ...org, id: id(2), line_id: id(1), number: 1, title })
    .execute()
  await owner
    .insertInto('priority')
    .values({ ...row, id: id(3), guideline_id: id(2), title, state: 'proposed' })
    .execute()
  await owner
    .insertInto('report_edition')
    .values({ ...row, id: id(4), year: Number(foreignYear), title, office: title, state: 'published', last_number: 1 })
    .execute()
  await owner
    .insertInto('report_section')
    .values({ ...org, id: id(5), edition_id: id(4), code: '1-B', title, position: 1 })
    .execute()
  await owner
    .insertInto('report_objective')
    .values({ ...row, id: id(6), section_id: id(5), number: 2, title })
    .execute()
  await owner
    .insertInto('report_series_value')
    .values({ ...org, figure: 'serie_straniera', year: 1951, source: title, value: '1', unit: '', imported_at: at })
    .execute()
  await owner
    .insertInto('report_edition_version')
    .values({
      ...org,
      edition_id: id(4),
      number: 1,
      content: `{"title":"${title}"}`,
      digest: '0'.repeat(64),
      published_at: at,
    })
    .execute()
}

// A plan with a line that is ordered, delivered and invoiced.
async function foreignNeeds(org: { organisation_id: string }, partyId: string) {
  const owner = city.services.database.owner
  const id = (n: number) => `0190dddd-0000-7000-8000-00000000000${n}`
  const terms = { vat_per_mille: 220, two_person_cents: 0, verify_days: 30, variation: 0 }
  const day = '2051-01-01'
  const said = 'Fornitura straniera'
  await owner
    .insertInto('needs_plan')
    .values({ ...org, ...terms, id: id(1), year: 2051, state: 'approved', version: 1 })
    .execute()
  await owner
    .insertInto('needs_line')
    .values({
      ...{ ...org, id: id(2), plan_id: id(1), number: 1, category: 'workstation', description: said, kind: 'new' },
      ...{ quantity: 1, unit_cents: 100, total_ex_cents: 100, total_inc_cents: 122, since_variation: 0, version: 1 },
    })
    .execute()
  await owner
    .insertInto('needs_order')
    .values({ ...org, id: id(3), plan_id: id(1), number: 'X-9', supplier_id: partyId, ordered_on: day, act: said })
    .execute()
  await owner
    .insertInto('needs_order_line')
    .values({ ...org, order_id: id(3), line_id: id(2), quantity: 1, unit_cents: 100 })
    .execute()
  await owner
    .insertInto('delivery')
    .values({
      ...{ ...org, id: id(4), order_id: id(3), note: said, delivered_on: day, state: 'declared', version: 1 },
      declared_at: new Date().toISOString(),
    })
    .execute()
  await owner
    .insertInto('delivery_item')
    .values({
      ...{ ...org, id: id(5), delivery_id: id(4), line_id: id(2), serial: 'STRANIERO-1', quantity: 1 },
      is_other_model: false,
    })
    .execute()
  await owner
    .insertInto('needs_invoice')
    .values({ ...org, id: id(6), order_id: id(3), number: said, dated_on: day, version: 1 })
    .execute()
}

// A number that only a wave of the other administration has.
const foreignWave = '951'

async function foreignWaves(org: { organisation_id: string }) {
  const owner = city.services.database.owner
  const said = 'Parole straniere sulla posta'
  const id = (n: number) => `0190ffff-0000-7000-8000-0000000009${String(n).padStart(2, '0')}`
  for (const n of [1, 2])
    await owner
      .insertInto('mail_server')
      .values({
        ...{ ...org, id: id(n), name: `${said} ${n}`, kind: 'imap', host: 'posta.straniera.example', port: 993 },
        ...{ is_encrypted: true, sign_in: 'authzid', most_connections: 1, version: 1 },
      })
      .execute()
  await owner
    .insertInto('migration_wave')
    .values({
      ...{ ...org, id: id(3), number: Number(foreignWave), name: said, is_pilot: true, from_server_id: id(1) },
      ...{ to_server_id: id(2), carried_out_by: 'sitec', state: 'planned', most_at_once: 1, version: 1 },
    })
    .execute()
}

const nounOf: Record<string, keyof Things> = {
  'monitored-scopes': 'scope',
  probes: 'probe',
  'operations-imports': 'import',
  interruptions: 'interruption',
  applications: 'application',
  'person-days': 'entry',
  items: 'item',
  'item-relations': 'relation',
  handovers: 'handover',
  inventories: 'campaign',
  offices: 'office',
  sites: 'site',
  people: 'person',
  keys: 'key',
  teams: 'team',
  calendars: 'calendar',
  cases: 'case',
  articles: 'article',
  templates: 'template',
  outages: 'outage',
  views: 'view',
  'mail-messages': 'mail',
  'mail-channels': 'mailbox',
  mailboxes: 'box',
  'mail-servers': 'mailServer',
  'mail-censuses': 'census',
  editions: 'edition',
  'report-sections': 'section',
  'report-objectives': 'objective',
  priorities: 'priority',
  'rating-comments': 'rating',
  // The id below a plan is that of an office.
  'needs-plans': 'office',
  'needs-lines': 'needsLine',
  'mailbox-decisions': 'decision',
  deliveries: 'delivery',
  'needs-invoices': 'invoice',
}

function address(route: string, from: Things): string {
  const [method = '', path = ''] = route.split(' ')
  const noun = nounOf[path.split('/')[1]?.split('.')[0] ?? '']
  const filled = path
    .replace('{attachmentId}', from.attachment)
    .replace('{photoId}', from.attachment)
    .replace('{mailboxId}', from.attachment)
    .replace('{code}', 'mx')
    .replace('{itemId}', from.item)
    .replace('{year}', from.year)
    .replace('{number}', from === foreign && path.startsWith('/migration-waves') ? foreignWave : '1')
    .replace(/\{(caseId|otherId)\}/, from.case)
    .replace('{id}', noun ? from[noun] : '')
  const { parameters = [] }: { parameters?: { in: string; name: string; required?: boolean; schema: Schema }[] } =
    document.paths[path][method.toLowerCase()]
  const query = new URLSearchParams(
    parameters
      .filter((one) => one.in === 'query' && (one.required || one.name === 'version'))
      .map((one) => [one.name, String(sample(one.schema, one.name, from))]),
  )
  if (query.size > 0 && path !== '/people/matches') return `${filled}?${query}`
  return path === '/people/matches' ? `${filled}?words=${from === foreign ? 'straniera' : 'impiegata'}` : filled
}

/** A body that fits the route's schema, every id in it taken from `from`. */
function body(route: string, from: Things): { type: string; body: string | FormData } | null {
  const [method = '', path = ''] = route.split(' ')
  const content = document.paths[path][method.toLowerCase()].requestBody?.content
  if (!content) return null
  if (content['text/csv']) return { type: 'text/csv', body: 'wrong;header\r\n' }
  if (content['multipart/form-data']) {
    const form = new FormData()
    form.set('file', new File(['prova'], 'prova.txt'))
    return { type: '', body: form }
  }
  return { type: 'application/json', body: JSON.stringify(sample(content['application/json'].schema, '', from)) }
}

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minLength?: number
  minItems?: number
  minimum?: number
  pattern?: string
}

function sample(schema: Schema, name: string, from: Things): unknown {
  if (schema.$ref) return sample(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''], name, from)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, name, from)))
  const choice = schema.anyOf ?? schema.oneOf
  if (choice?.[0]) return sample(choice[0], name, from)
  if (name === 'rules')
    return { weekly: [{ day: 1, from: '08:00', to: '14:00' }], holidays: 'italian', patronDay: null, exceptions: [] }
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties) {
    const named = Object.entries(schema.properties ?? {}).filter(
      ([key, value]) =>
        schema.required?.includes(key) || value.format === 'uuid' || key === 'rules' || /Ids?$/.test(key),
    )
    return Object.fromEntries(named.map(([key, value]) => [key, sample(value, key, from)]))
  }
  if (type === 'array') return schema.items ? [sample(schema.items, name, from)] : []
  if (type === 'integer' || type === 'number') return name === 'year' ? 2026 : (schema.minimum ?? 1)
  if (type === 'integer' || type === 'number') return name === 'year' ? 1960 : 1
  if (type === 'boolean') return true
  return text(schema, name, from)
}

function text(schema: Schema, name: string, from: Things): string {
  const noun = /^(office|site|person|team|party|parent|requester|scope|application|line|guideline|priority)/.exec(
    name,
  )?.[1]
  if (schema.format === 'uuid' || /Ids?$/.test(name))
    return from[noun === 'parent' ? 'office' : noun === 'requester' ? 'person' : ((noun ?? 'person') as keyof Things)]
  if (name === 'host') return 'imap.example.it'
  if (name === 'domains') return 'comune.example.it'
  if (schema.pattern?.startsWith('^[A-Za-z0-9]')) return 'X-9'
  if (name === 'system') return 'prova'
  if (/price|amount/i.test(name)) return '10.00'
  if (schema.format === 'date-time' || /At$|^promisedFor$/.test(name)) return new Date().toISOString()
  if (name === 'period' || schema.pattern?.startsWith('^\\d{4}-')) return '2026-Q1'
  if (name === 'code' && schema.pattern?.includes('6')) return '123456'
  if (name === 'code' && schema.pattern?.includes('A-Z')) return '9-Z'
  if (schema.format === 'email' || /email/i.test(name)) return 'prova@comune.example.it'
  if (schema.format === 'date-time') return '2026-01-01T08:00:00Z'
  if (schema.format === 'date' || /^(from|until|leftOn|date)$/.test(name)) return '2026-01-01'
  return 'una parola di prova'
}

async function call(route: string, part: Part, from: Things): Promise<{ status: number; text: string }> {
  const sent = body(route, from)
  const response = await fetchApp(
    new Request(`${origin}/api${address(route, from)}`, {
      method: route.split(' ')[0] ?? 'GET',
      headers: { authorization: `Bearer ${keys[part]}`, ...(sent?.type && { 'content-type': sent.type }) },
      ...(sent && { body: sent.body }),
    }),
  )
  return { status: response.status, text: await response.text() }
}

async function tenantState(): Promise<string> {
  const { rows } = await city.services.database.ownerPool.connect().then(async (client) => {
    const found = await client.query(
      `select (select count(*) from event e where e.organisation_id <> $1) as events,
      (select string_agg(c::text, '') from desk_case c where c.organisation_id <> $1) as cases, (select string_agg(p::text, '') from person p where p.organisation_id <> $1) as people,
      (select string_agg(o::text, '') from office o where o.organisation_id <> $1) as offices,
      (select string_agg(a::text, '') from article a where a.organisation_id <> $1) as articles, (select string_agg(t::text, '') from reply_template t where t.organisation_id <> $1) as templates,
      (select string_agg(u::text, '') from outage u where u.organisation_id <> $1) as outages, (select string_agg(v::text, '') from saved_view v where v.organisation_id <> $1) as views, (select string_agg(k::text, '') from api_key k where k.organisation_id <> $1) as keys,
      (select string_agg(m::text, '') from mail_message m where m.organisation_id <> $1) as mails, (select string_agg(h::text, '') from mail_channel h where h.organisation_id <> $1) as mailboxes,
      (select string_agg(x::text, '') from mailbox x where x.organisation_id <> $1) as boxes, (select string_agg(x::text, '') from mail_server x where x.organisation_id <> $1) as servers, (select string_agg(x::text, '') from mail_census x where x.organisation_id <> $1) as censuses,
      (select string_agg(x::text, '') from monitored_scope x where x.organisation_id <> $1) as scopes, (select string_agg(x::text, '') from planned_interruption x where x.organisation_id <> $1) as interruptions,
      (select string_agg(x::text, '') from application x where x.organisation_id <> $1) as applications, (select string_agg(x::text, '') from person_day_entry x where x.organisation_id <> $1) as entries,
      (select string_agg(x::text, '') from configuration_item x where x.organisation_id <> $1) as items, (select string_agg(x::text, '') from asset x where x.organisation_id <> $1) as assets,
      (select string_agg(x::text, '') from item_relation x where x.organisation_id <> $1) as relations, (select string_agg(x::text, '') from handover x where x.organisation_id <> $1) as handovers, (select string_agg(x::text, '') from estate_figure x where x.organisation_id <> $1) as figures,
      (select count(*) from probe x where x.organisation_id <> $1) as probes, (select count(*) from operations_import x where x.organisation_id <> $1) as imports,
      (select string_agg(e::text, '') from report_edition e where e.organisation_id <> $1) as editions, (select string_agg(s::text, '') from report_section s where s.organisation_id <> $1) as sections,
      (select string_agg(j::text, '') from report_objective j where j.organisation_id <> $1) as objectives, (select string_agg(r::text, '') from priority r where r.organisation_id <> $1) as priorities, (select string_agg(g::text, '') from page_rating g where g.organisation_id <> $1) as ratings,
      (select string_agg(x::text, '') from needs_plan x where x.organisation_id <> $1) as plans, (select string_agg(x::text, '') from needs_line x where x.organisation_id <> $1) as lines,
      (select string_agg(x::text, '') from delivery x where x.organisation_id <> $1) as deliveries, (select string_agg(x::text, '') from delivery_item x where x.organisation_id <> $1) as pieces,
      (select string_agg(x::text, '') from mailbox x where x.organisation_id <> $1) as boxes, (select string_agg(x::text, '') from mailbox_decision x where x.organisation_id <> $1) as decisions, (select string_agg(x::text, '') from mailbox_setting x where x.organisation_id <> $1) as box_settings,
      (select string_agg(x::text, '') from needs_invoice x where x.organisation_id <> $1) as invoices`,
      [city.organisationId],
    )
    client.release()
    return found
  })
  return JSON.stringify(rows)
}

describe('the API', () => {
  test('every route is named in this test with the permission it asks for', () => {
    expect(Object.keys(actionOf).sort()).toEqual([...routes].sort())
  })

  test.each(routes)('%s is refused to every role without the permission, and not to those with it', async (route) => {
    const action = actionOf[route]
    for (const part of parts) {
      const { actor } = await city.as(part)
      const { status, text } = await call(route, part, own)
      expect(status, `${route} as ${part}`).toBeLessThan(500)
      if (action && !may(actor, action))
        expect([403, 404], `${route} as ${part} gave ${status} ${text}`).toContain(status)
      else expect([401], `${route} as ${part}`).not.toContain(status)
    }
  })

  test.each(routes)('%s never reads or changes what belongs to another administration', async (route) => {
    const before = await tenantState()
    for (const part of parts) {
      const { status, text } = await call(route, part, foreign)
      if (/\{/.test(route)) expect(status, `${route} as ${part}`).toBeGreaterThanOrEqual(400)
      expect(status, `${route} as ${part}`).toBeLessThan(500)
      for (const word of foreignWords) expect(text, `${route} as ${part}`).not.toContain(word)
    }
    expect(await tenantState()).toBe(before)
  })

  test('without a key, with a wrong one or with the cookie of a signed-in person every route is closed', async () => {
    for (const route of routes) {
      for (const headers of [{}, { authorization: 'Bearer sitec_wrong' }, { cookie: cookies.agent }]) {
        const response = await fetchApp(
          new Request(`${origin}/api${address(route, own)}`, {
            method: route.split(' ')[0] ?? 'GET',
            headers: headers as Record<string, string>,
          }),
        )
        expect(response.status, route).toBe(401)
      }
    }
  })

  test('malformed JSON, a wrong content type and a long body get their own refusals', async () => {
    const post = (headers: Record<string, string>, content: string) =>
      fetchApp(
        new Request(`${origin}/api/cases`, {
          method: 'POST',
          headers: { authorization: `Bearer ${keys.agent}`, ...headers },
          body: content,
        }),
      )
    expect((await post({ 'content-type': 'application/json' }, '{"kind": ')).status).toBe(400)
    expect((await post({ 'content-type': 'text/plain' }, 'ciao')).status).toBe(415)
    expect((await post({ 'content-type': 'application/xml' }, '<a/>')).status).toBe(415)
    const wrong = await post({ 'content-type': 'application/json', 'accept-language': 'en' }, '{"kind":"incident"}')
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(await wrong.json()).toMatchObject({
      code: 'invalid',
      fields: [{ path: 'title', message: 'This is missing.' }],
    })
    expect(
      (await post({ 'content-type': 'application/json', 'content-length': '60000000' }, 'x'.repeat(60_000_000))).status,
    ).toBe(413)
  })

  test('a key narrowed to opening cases opens nothing else', async () => {
    const { actor } = await city.as('agent')
    const key = await addApiKey(await city.as('administrator'), {
      name: 'solo aprire',
      personId: actor.personId ?? '',
      scopes: ['case.open'],
      days: 1,
    })
    const headers = { authorization: `Bearer ${key.token}`, 'content-type': 'application/json' }
    const opened = await fetchApp(
      new Request(`${origin}/api/cases`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ kind: 'incident', title: 'Da un programma', requesterEmail: city.emailOf('employee') }),
      }),
    )
    expect(opened.status).toBe(201)
    expect((await fetchApp(new Request(`${origin}/api/cases`, { headers }))).status).toBe(403)
  })
})

describe('the pages', () => {
  const pageAddress = (path: string, from: Things) =>
    `/${path
      .replace(':kind', 'guasto')
      .replace(':attachmentId', from.attachment)
      .replace(':year', from.year)
      .replace(':version', '1')
      .replace(':section', '1-B')
      .replace(':objective', '2')
      .replace(':chart', '3-largo')
      .replace(/proposte\/:id/, `proposte/${from.decision}`)
      .replace(/richieste\/:id/, `richieste/${from.case}`)
      .replace(/consegne\/:id/, `consegne/${from.delivery}`)
      .replace(':photoId', from.attachment)
      .replace(':mailboxId', from.attachment)
      .replace(/gruppi\/:number/, `gruppi/${from === foreign ? foreignWave : '1'}`)
      .replace(/registro\/:id/, `registro/${from.item}`)
      .replace(/inventario\/:id/, `inventario/${from.campaign}`)
      .replace(/verbali\/:id/, `verbali/${from.handover}`)
      .replace(/articoli\/:id/, `articoli/${from.article}`)
      .replace(/guasti\/:id/, `guasti/${from.outage}`)
      .replace(/uffici\/:id/, `uffici/${from.office}`)
      .replace(/sedi\/:id/, `sedi/${from.site}`)
      .replace(/persone\/:id/, `persone/${from.person}`)
      .replace(/squadre\/:id/, `squadre/${from.team}`)
      .replace(/calendari\/:id/, `calendari/${from.calendar}`)
      .replace(/censimenti\/:id/, `censimenti/${from.census}`)
      .replace(/caselle\/:id/, `caselle/${from.box}`)
      .replace(/posta\/:id/, `posta/${from.mail}`)
      .replace(':scope', from.scope)
      .replace(/:what/, 'uffici')}`
  const asked = (path: string): Action | null | 'open' | 'citizen' => {
    const named = pageAction[path]
    return named === undefined && path.startsWith('amministrazione') ? 'organisation.manage' : (named ?? null)
  }
  const ask = (path: string, headers: Record<string, string>) => fetchApp(new Request(origin + path, { headers }))

  test('every page is named in this test', () => {
    expect(pages.filter((path) => !path.startsWith('amministrazione') && !(path in pageAction))).toEqual([])
  })

  test('who is not signed in is sent to sign in, by page and by data request', async () => {
    for (const path of pages.filter((path) => asked(path) !== 'open')) {
      const page = await ask(pageAddress(path, own), {})
      expect([page.status, page.headers.get('location')?.startsWith('/accedi')], path).toEqual([302, true])
      if (/\.(csv|svg)$/.test(path)) continue
      const data = await ask(path === '' ? '/_.data' : `${pageAddress(path, own)}.data`, {})
      expect(await data.text(), `${path} gave ${data.status}`).toContain('/accedi')
    }
  })

  test('every page, and its data request, is refused to every role without the permission', async () => {
    const roles = await Promise.all(parts.map(async (part) => ({ part, actor: (await city.as(part)).actor })))
    for (const path of pages) {
      const action = asked(path)
      if (action === null || action === 'open' || action === 'citizen') continue
      const refused = async ({ part, actor }: (typeof roles)[number], suffix: string) => {
        const { status } = await ask(`${pageAddress(path, own)}${suffix}`, { cookie: cookies[part] })
        expect(status, `${path}${suffix} as ${part}`).toBeLessThan(500)
        if (!may(actor, action)) expect([403, 404], `${path}${suffix} as ${part} gave ${status}`).toContain(status)
      }
      await Promise.all(roles.flatMap((role) => [refused(role, ''), refused(role, '.data')]))
    }
  })

  test('a registered citizen opens no page of staff or portal, by no door; and nobody of the administration theirs', async () => {
    const isClosed = (path: string) => !['open', 'citizen'].includes(asked(path) ?? '')
    for (const path of pages.filter(isClosed)) {
      for (const suffix of ['', '.data']) {
        const at = path === '' && suffix !== '' ? '/_.data' : `${pageAddress(path, own)}${suffix}`
        const response = await ask(at, { cookie: citizenCookie })
        expect([403, 404], `${path}${suffix} gave ${response.status}`).toContain(response.status)
      }
      const posted = await fetchApp(
        new Request(origin + pageAddress(path, own), {
          method: 'POST',
          headers: { cookie: citizenCookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ act: 'reply', title: 'Da un cittadino', version: '1' }),
        }),
      )
      // What phones send goes to the sign-in of whoever has no session of staff.
      if (['interventi/chiusure', 'consegne/:id/controlli', 'inventario/:id/letture'].includes(path))
        expect(posted.headers.get('location')).toBe('/accedi')
      else expect([403, 404, 405], `POST ${path} gave ${posted.status}`).toContain(posted.status)
    }
    for (const route of routes) {
      const [method = 'GET'] = route.split(' ')
      const url = `${origin}/api${address(route, own)}`
      const response = await fetchApp(new Request(url, { method, headers: { cookie: citizenCookie } }))
      expect(response.status, route).toBe(401)
    }
    expect((await ask('/live', { cookie: citizenCookie })).status).toBe(401)
    expect((await ask('/cittadino', { cookie: citizenCookie })).status).toBe(200)
    for (const part of parts) expect((await ask('/cittadino', { cookie: cookies[part] })).status, part).toBe(403)
  })

  test('no page shows anything of another administration', async () => {
    for (const path of pages) {
      const shown = async (part: (typeof parts)[number], suffix: string) => {
        const response = await ask(`${pageAddress(path, foreign)}${suffix}`, { cookie: cookies[part] })
        const text = await response.text()
        if (path.includes(':') && path !== 'chiedi/:kind' && !path.includes(':what'))
          expect(response.status, `${path}${suffix} as ${part}`).toBeGreaterThanOrEqual(400)
        for (const word of foreignWords) expect(text, `${path}${suffix} as ${part}`).not.toContain(word)
      }
      await Promise.all(parts.flatMap((part) => [shown(part, ''), shown(part, '.data')]))
    }
  })

  test('a form with another administration’s ids changes nothing', async () => {
    const before = await tenantState()
    for (const part of parts) {
      for (const act of ['take', 'assign', 'ask', 'resolve', 'confirm', 'reopen', 'cancel', 'erase', 'reply']) {
        const form = new URLSearchParams({
          act,
          version: '1',
          body: 'x',
          reason: 'motivo',
          note: 'x',
          teamId: foreign.team,
          visibility: 'public',
        })
        const response = await fetchApp(
          new Request(`${origin}/richieste/${foreign.case}`, {
            method: 'POST',
            headers: { cookie: cookies[part], origin, 'content-type': 'application/x-www-form-urlencoded' },
            body: form,
          }),
        )
        expect(response.status, `${act} as ${part}`).toBeGreaterThanOrEqual(400)
      }
    }
    expect(await tenantState()).toBe(before)
  })

  test('a form posted from another site is refused', async () => {
    const response = await fetchApp(
      new Request(`${origin}/richieste/${own.case}`, {
        method: 'POST',
        headers: {
          cookie: cookies.agent,
          origin: 'http://evil.example',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'act=take&version=1',
      }),
    )
    expect(response.status).toBe(400)
  })

  test('a session after sign-out opens nothing', async () => {
    const { token } = await signIn(city.services, city.emailOf('agent'), demoPassword, 'leaving')
    const cookie = `__Host-sitec=${token}`
    expect((await ask('/da-lavorare', { cookie })).status).toBe(200)
    await fetchApp(
      new Request(`${origin}/esci`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      }),
    )
    expect((await ask('/da-lavorare', { cookie })).status).toBe(302)
  })
})
