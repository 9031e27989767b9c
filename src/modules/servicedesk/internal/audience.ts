export const audiences = ['holder', 'team_leader', 'contract_manager'] as const
export type Audience = (typeof audiences)[number]

/** Whom a level is for: whoever works on it, then the team's leader, then the city. */
export function audienceOf(level: number): Audience {
  if (level >= 120) return 'contract_manager'
  return level >= 90 ? 'team_leader' : 'holder'
}
