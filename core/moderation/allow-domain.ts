import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { ruledDomain } from './moderation.policy.ts'

/**
 * Allows a domain and all below it, or no more: what that means only where allowed domains alone are spoken with (federation
 * rule 231). Twice is once. Gives the domain. Throws Forbidden for anybody but staff, Invalid for what is no domain of
 * another server.
 */
export async function allowDomain(
  ctx: Ctx,
  { domain: text, isAllowed }: { domain: string; isAllowed: boolean },
): Promise<string> {
  assertRunsInstance(ctx)
  const domain = ruledDomain(text)
  await rows(
    ctx,
    isAllowed
      ? 'INSERT INTO allowed_domains (domain) VALUES ($1) ON CONFLICT DO NOTHING'
      : 'DELETE FROM allowed_domains WHERE domain = $1',
    [domain],
  )
  return domain
}
