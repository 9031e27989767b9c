import { redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { Problem } from '../../../platform/problem.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { adoptReading } from '../adopt-reading.ts'
import { approvePlan, receiveReport } from '../approvals.ts'
import { wrongContract } from '../contract-problems.ts'
import { importContract, localDay } from '../contracts.ts'
import { declareFile } from '../declare.ts'
import { declareCases } from '../declare-cases.ts'
import { describeContract } from '../overview.ts'
import { quarterOfDay } from '../period-text.ts'
import type { AdoptReadingInput, ApprovePlanInput, ReceiveReportInput } from '../schema.ts'
import { ContractPage } from './contract-page.tsx'
import { AdoptForm, PlanForm, ReportForm, UploadForms } from './document-forms.tsx'
import { DefinitionTable, ServiceTable, SubsetList, VersionTable } from './document-tables.tsx'
import { useContractTexts } from './words.ts'

export const loader = page(async (ctx) => {
  const overview = await describeContract(ctx, quarterOfDay(localDay(ctx))).catch((error) => {
    if (error instanceof Problem && error.code === 'no_contract') return null
    throw error
  })
  return {
    overview,
    mayImport: may(ctx.actor, 'contract.import'),
    mayDeclare: may(ctx.actor, 'contract.declare'),
    mayDecide: may(ctx.actor, 'contract.decide'),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  const { act, once: _, file, ...input } = formObject(form)
  // Each operation parses what it is given, whatever the form sent.
  switch (act) {
    case 'contract': {
      const { versionsAdded, versionsKnown } = await importContract(ctx, await bytesOf(file))
      return done(versionsAdded, versionsKnown)
    }
    case 'declare': {
      const { added, known } = await declareFile(ctx, await bytesOf(file))
      return done(added, known)
    }
    case 'cases': {
      const { added, known } = await declareCases(ctx, await bytesOf(file))
      return done(added, known)
    }
    case 'report':
      await receiveReport(ctx, { ...input, isComplete: input.isComplete === 'yes' } as ReceiveReportInput)
      return redirect('/contratto/trimestri')
    case 'plan':
      await approvePlan(ctx, { ...input, year: Number(input.year) } as ApprovePlanInput)
      return redirect('/contratto/rate')
    default: {
      const [field = '', value = ''] = String(input.choice ?? '').split(':')
      await adoptReading(ctx, { ...input, act: input.adoptedBy, reading: { [field]: value } } as AdoptReadingInput)
      return redirect('/contratto/documenti?fatto')
    }
  }
})

function done(added: number, known: number) {
  return redirect(`/contratto/documenti?${new URLSearchParams({ caricate: String(added), note: String(known) })}`)
}

async function bytesOf(file: unknown): Promise<Uint8Array> {
  if (!(file instanceof File) || file.size === 0) throw wrongContract('file', (t) => t.problems.fileMissing)
  return new Uint8Array(await file.arrayBuffer())
}

/** What the contract says and from which act; what comes from the supplier is loaded here. */
export default function DocumentsPage() {
  const { overview, mayImport, mayDeclare, mayDecide, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const { pages } = useContractTexts()
  const t = pages.documents
  return (
    <ContractPage title={t.title} above={overview?.title ?? ''} lead={t.lead}>
      <RefusedNotice refused={refused} />
      {search.has('caricate') && (
        <div className="st-notice is-ok" role="status">
          <p>{t.done(plain(search.get('caricate')), plain(search.get('note')))}</p>
        </div>
      )}
      {search.has('fatto') && (
        <div className="st-notice is-ok" role="status">
          <p>{t.saved}</p>
        </div>
      )}
      {overview && (
        <>
          <ServiceTable overview={overview} />
          <VersionTable overview={overview} />
          <DefinitionTable overview={overview} />
          <SubsetList overview={overview} />
        </>
      )}
      <section className="st-section">
        <h2 id="carica" className="st-h2">
          {t.upload}
        </h2>
        <UploadForms once={once} mayImport={mayImport} mayDeclare={mayDeclare} />
        {mayDecide && (
          <>
            <ReportForm once={once} refused={refused} />
            <PlanForm once={once} refused={refused} />
            {overview && <AdoptForm once={once} refused={refused} overview={overview} />}
          </>
        )}
      </section>
    </ContractPage>
  )
}

// What an address says is shown only when it is a number.
function plain(text: string | null): string {
  return text !== null && /^\d{1,9}$/.test(text) ? text : '0'
}
