import { z } from 'zod'
import { blockedDomains } from '#core/instances/blocked-domains.queries'
import { domainsLike, knownDomains, lastWeeks } from '#core/instances/instance.queries'
import { readSettings, type Shown } from '#core/instances/read-settings'
import type { Ctx } from '#core/ctx'
import { NotFound } from '#platform/errors'
import { Answer } from '../answers.ts'
import { text } from '../input.ts'
import { routes } from '../routes.ts'
import { blockedDomainJson, weekJson } from '../serializers/instance-notes.ts'

const open = { access: 'none' } as const
// Counting weeks reads many rows; crawlers and caches in between may keep them.
const kept = { 'Cache-Control': 'public, max-age=3600' }

async function assertOn(ctx: Ctx, name: 'peers' | 'activity'): Promise<void> {
  if (!(await readSettings(ctx))[name]) throw new NotFound()
}

const isShown = (to: Shown, { actor }: Ctx): boolean =>
  to === 'all' || (to === 'users' && actor.kind === 'person')

export default routes('/api/v1', (r) => {
  r.get('/instance/peers', { ...open, answers: 'Array<String>' }, async (ctx) => {
    await assertOn(ctx, 'peers')
    return knownDomains(ctx)
  })
  r.get(
    '/peers/search',
    { ...open, input: z.looseObject({ q: text() }), answers: 'Array<String>' },
    async (ctx, { q = '' }) => {
      await assertOn(ctx, 'peers')
      return q.trim() === '' ? [] : domainsLike(ctx, q.trim())
    },
  )
  r.get('/instance/activity', { ...open, answers: 'Array<Instance::Activity>' }, async (ctx) => {
    await assertOn(ctx, 'activity')
    return new Answer(200, (await lastWeeks(ctx)).map(weekJson), kept)
  })
  r.get('/instance/domain_blocks', { access: 'optional', answers: 'Array<DomainBlock>' }, async (ctx) => {
    const { domainBlocks, domainBlockReasons } = await readSettings(ctx)
    if (!isShown(domainBlocks, ctx)) throw new NotFound()
    const withReason = isShown(domainBlockReasons, ctx)
    return (await blockedDomains(ctx)).map((each) => blockedDomainJson(each, { withReason }))
  })
})
