import { z } from 'zod'
import { actingId } from '#core/actor'
import { blockDomain } from '#core/relationships/block-domain'
import { domainOf } from '#core/relationships/domain-block.policy'
import { blockedDomains, domainFollows } from '#core/relationships/domain-block.queries'
import { unblockDomain } from '#core/relationships/unblock-domain'
import { Page } from '../answers.ts'
import { cursors, text } from '../input.ts'
import { routes } from '../routes.ts'

const one = z.looseObject({ domain: text() })
const write = { scopes: ['write:blocks', 'follow'], input: one, answers: 'Empty' }

/** Servers that a member wants nothing to do with (ACCT-39). */
export default routes('/api/v1/domain_blocks', (r) => {
  r.get(
    '/',
    {
      scopes: ['read:blocks', 'follow'],
      input: z.looseObject(cursors(100, 200)),
      answers: 'Array<String>',
    },
    async (ctx, page) => {
      const found = await blockedDomains(ctx, actingId(ctx), page)
      return new Page(
        found.map(({ domain }) => domain),
        found.map(({ id }) => id),
        { internal: true, full: found.length === page.limit },
      )
    },
  )
  r.post('/', write, (ctx, { domain = '' }) => blockDomain(ctx, { domain }))
  r.delete('/', write, (ctx, { domain = '' }) => unblockDomain(ctx, { domain }))
  r.get('/preview', { ...write, answers: 'DomainBlockPreview' }, async (ctx, { domain = '' }) => {
    const { following, followers } = await domainFollows(ctx, actingId(ctx), domainOf(domain))
    return { following_count: following, followers_count: followers }
  })
})
