import { z } from 'zod'
import { actingId } from '#core/actor'
import { findAccount } from '#core/accounts/find-account'
import { endorseAccount } from '#core/relationships/endorse-account'
import { unendorseAccount } from '#core/relationships/unendorse-account'
import { writeNote } from '#core/relationships/write-note'
import { familiarFollowers } from '#core/relationships/familiar.queries'
import { NotFound } from '#platform/errors'
import { id, ids, text } from '../input.ts'
import { routes } from '../routes.ts'
import { familiarFollowersJson } from '../serializers/familiar-followers.ts'
import { relationshipAfter, relationshipJson } from '../serializers/relationship.ts'

const target = z.looseObject({ id: id() })
const write = { scopes: ['write:accounts'], answers: 'Relationship' }
const MOST = 40

/** What a member marks about others: notes and recommendations, and whom they know in common. */
export default routes('/api/v1/accounts', (r) => {
  r.post(
    '/:id/note',
    { ...write, input: z.looseObject({ id: id(), comment: text() }) },
    async (ctx, { id: accountId, comment = '' }) => {
      await writeNote(ctx, { accountId, comment })
      return relationshipJson(ctx, accountId)
    },
  )
  // Apps older than API version 6 say pin and unpin.
  for (const name of ['endorse', 'pin'])
    r.post(`/:id/${name}`, { ...write, input: target }, relationshipAfter(endorseAccount))
  for (const name of ['unendorse', 'unpin'])
    r.post(`/:id/${name}`, { ...write, input: target }, relationshipAfter(unendorseAccount))

  r.get(
    '/familiar_followers',
    { scopes: ['read:follows'], input: z.looseObject({ id: ids() }), answers: 'Array<FamiliarFollowers>' },
    async (ctx, { id: wanted }) =>
      familiarFollowersJson(ctx, await familiarFollowers(ctx, actingId(ctx), wanted.slice(0, MOST))),
  )
  // Nobody proves identities that way any more; old apps still ask (ACCT-36).
  r.get(
    '/:id/identity_proofs',
    { input: target, answers: 'Array<IdentityProof>', deprecated: 1_648_598_400 },
    async (ctx, { id }) => {
      await findAccount(ctx, { id })
      return []
    },
  )
  // Posts by mail to people without an account are not offered, which is what 404 tells apps.
  r.post(
    '/:id/email_subscriptions',
    { access: 'none', input: target.extend({ email: text() }), answers: 'Empty' },
    async () => {
      throw new NotFound()
    },
  )
})
