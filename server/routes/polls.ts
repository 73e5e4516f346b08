import { z } from 'zod'
import { accountIdOf } from '#core/actor'
import type { Ctx } from '#core/ctx'
import { askPoll } from '#core/posts/polls/ask-poll'
import { findPoll } from '#core/posts/polls/poll.queries'
import { voteInPoll } from '#core/posts/polls/vote-in-poll'
import type { Id } from '#platform/ids'
import { id, written } from '../input.ts'
import { routes } from '../routes.ts'
import { pollJson } from '../serializers/poll.ts'

const one = z.looseObject({ id: id() })
// Numbers, or texts of digits, which some apps send in JSON too (TRIP-36); what is neither is no choice at all.
const choice = z.preprocess((value) => (/^\d{1,4}$/.test(written(value)) ? Number(value) : -1), z.number())
const ballot = z.looseObject({
  id: id(),
  choices: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(choice),
  ),
})

async function onePollJson(ctx: Ctx, pollId: Id) {
  const { card, emojis, authorId, ownVotes } = await findPoll(ctx, pollId)
  const viewerId = accountIdOf(ctx.actor)
  return pollJson(card, emojis, viewerId ? { isAuthor: authorId === viewerId, ownVotes } : undefined)
}

export default routes('/api/v1/polls', (r) => {
  r.get(
    '/:id',
    { access: 'optional', scopes: ['read:statuses'], input: one, answers: 'Poll' },
    async (ctx, { id: pollId }) => {
      const json = await onePollJson(ctx, pollId)
      await askPoll(ctx, pollId)
      return json
    },
  )
  r.post(
    '/:id/votes',
    { scopes: ['write:statuses'], input: ballot, missing: 400, answers: 'Poll' },
    async (ctx, { id: pollId, choices }) => {
      await voteInPoll(ctx, { pollId, choices })
      return onePollJson(ctx, pollId)
    },
  )
})
