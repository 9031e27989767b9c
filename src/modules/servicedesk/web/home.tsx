import { redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findAgentHome, findLeaderHome, findNotices, findOverviewHome, findPortalHome } from '../homes.ts'
import { sayMeToo } from '../outage-cases.ts'
import { AgentHomePage } from './home-agent.tsx'
import { LeaderHomePage } from './home-leader.tsx'
import { AdministratorHomePage, OverviewHomePage } from './home-overview.tsx'
import { PortalHomePage } from './home-portal.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'

// The first part a person plays decides; who asks for help starts at the portal, whatever else they do.
export const loader = page(async (ctx, { request }) => {
  // Whoever verifies the contract begins with it: what is at risk this quarter, without a step.
  const isManager = ctx.actor.roles.includes('contract_manager') && may(ctx.actor, 'contract.read')
  if (isManager && !new URL(request.url).searchParams.has('servizio')) return redirect('/contratto')
  return homeOf(ctx)
})

async function homeOf(ctx: Context) {
  const plays = (role: (typeof ctx.actor.roles)[number]) => ctx.actor.roles.includes(role)
  if (plays('employee') || plays('office_contact')) return { part: 'asker' as const, home: await findPortalHome(ctx) }
  if (plays('team_leader')) return { part: 'leader' as const, home: await findLeaderHome(ctx) }
  if (may(ctx.actor, 'case.take')) return { part: 'agent' as const, home: await findAgentHome(ctx) }
  if (may(ctx.actor, 'case.read') && may(ctx.actor, 'article.staff'))
    return { part: 'overview' as const, home: await findOverviewHome(ctx) }
  if (may(ctx.actor, 'article.staff')) return { part: 'administrator' as const, home: await findNotices(ctx) }
  return { part: 'asker' as const, home: await findPortalHome(ctx) }
}

/** "Capita anche a me", from any page that shows a known outage. */
export const action = form(async (ctx, form) => {
  const said = await sayMeToo(ctx, String(form.get('outageId') ?? ''))
  return redirect(`/?${new URLSearchParams({ [said.isNew ? 'segnalato' : 'gia']: said.number })}`)
})

/** Where everybody starts: what needs them, without a step. */
export default function HomePage() {
  const data = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  switch (data.part) {
    case 'asker':
      return (
        <PortalHomePage home={data.home}>
          <RefusedNotice refused={refused} />
          <MeTooNotice />
        </PortalHomePage>
      )
    case 'leader':
      return <LeaderHomePage home={data.home} />
    case 'agent':
      return <AgentHomePage home={data.home} />
    case 'overview':
      return <OverviewHomePage home={data.home} />
    case 'administrator':
      return <AdministratorHomePage notices={data.home} />
  }
}

const caseNumber = /^\d{4}\/\d{1,12}$/

function MeTooNotice() {
  const [search] = useSearchParams()
  const { knowledge } = useKnowledgeTexts()
  const number = search.get('segnalato') ?? search.get('gia') ?? ''
  if (!caseNumber.test(number)) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>{search.has('segnalato') ? knowledge.known.joinedNote(number) : knowledge.known.alreadyNote}</p>
    </div>
  )
}
