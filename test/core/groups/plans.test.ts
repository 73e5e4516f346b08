import type { Ctx } from '#core/ctx'
import { glance } from '#core/glance'
import { admitPost } from '#core/groups/admit-post'
import { groupTimeline } from '#core/groups/group-timeline.queries'
import { mayTakePart } from '#core/groups/group.policy'
import {
  belongingsOf,
  groupCards,
  groupsOf,
  membersOf,
  membershipsOf,
  moderatorsOf,
  pinnedIn,
} from '#core/groups/group.queries'
import { createPost } from '#core/posts/create-post'
import { Reaction } from '#core/reactions/reaction.model'
import { react } from '#core/reactions/react'
import { deliverReaction } from '#federation/deliveries/reaction'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { group } from '#test/factories/group'
import { post } from '#test/factories/post'
import { runsOf } from '#test/support/plans'

/** 5,000 people, 300 of them in each of a hundred of 4,000 groups here, with 20,000 posts of which every fifth is in one. */
async function seed(alice: Member): Promise<void> {
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri) SELECT n, 'u' || n, 'remote.example', 'https://remote.example/' || n
     FROM generate_series(1, 5000) AS n`,
    `INSERT INTO accounts (id, username, kind) SELECT n, 'g' || n, 'group' FROM generate_series(5001, 9000) AS n`,
    `INSERT INTO groups (account_id) SELECT n FROM generate_series(5001, 9000) AS n`,
    `INSERT INTO group_roles (group_id, account_id, role) SELECT 5000 + n, m, 'moderator'
     FROM generate_series(1, 100) AS n, generate_series(1, 20) AS m`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT m, 5000 + n, 'accepted'
     FROM generate_series(1, 100) AS n, generate_series(1, 300) AS m`,
    `INSERT INTO follows (follower_id, followed_id, state)
     SELECT ${alice.account.id}, n, 'accepted' FROM generate_series(4800, 5100) AS n`,
    `INSERT INTO posts (id, author_id, uri, thread_id, visibility, group_id, reply_to_id)
     SELECT n, 1 + n % 5000, 'https://remote.example/p/' || n, CASE WHEN n % 15 = 0 THEN n - 5 ELSE n END, 'public',
       CASE WHEN n % 5 = 0 THEN 5001 + n % 100 END, CASE WHEN n % 15 = 0 THEN n - 5 END
     FROM generate_series(1, 20000) AS n`,
    `INSERT INTO mentions (post_id, account_id, position) SELECT n, 1 + n % 5000, 0 FROM generate_series(1, 20000) AS n`,
    `INSERT INTO group_marks (post_id, group_id, pinned_at) SELECT n, 5001 + n % 100, now()
     FROM generate_series(5, 20000, 500) AS n`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT 5000 + n, m
     FROM generate_series(1, 100) AS n, generate_series(400, 450) AS m`,
    'ANALYZE',
  ])
    await rows({}, sql)
}

test('no query about groups, nor about posts in them, reads a table from end to end', async () => {
  const { alice } = await cast('alice')
  const tea = await group(alice)
  await seed(alice)
  const parent = '4995'
  const mine = await post(alice, { mentions: [tea] })
  const ctx: Ctx = alice.ctx
  const [page, groupId] = [{ limit: 40 }, '5001']
  const runs = await runsOf(async () => {
    await groupsOf(ctx, alice.account.id, page)
    await membersOf(ctx, { groupId }, page)
    await membersOf(ctx, { groupId, role: 'moderator' }, page)
    await membershipsOf(ctx, groupId, ['1', '2', '3'])
    await belongingsOf(ctx, '1', ['5001', '5002', '5003'])
    await groupCards(ctx, ['5001', '5002', '5003'])
    await moderatorsOf(ctx, groupId)
    await pinnedIn(ctx, groupId)
    await groupTimeline(ctx, groupId, page)
    await groupTimeline({ ...ctx, actor: { kind: 'visitor' } }, groupId, { ...page, max_id: '10000' })
    await mayTakePart(ctx, groupId, '7')
    await admitPost(ctx, { postId: '14' })
    await admitPost(ctx, { postId: parent, namedIds: [tea.id] })
    await glance(mine.id)
    await as(alice, createPost, { text: 'Indeed', replyToId: parent })
    await as(alice, react, { postId: parent })
    const { id: reactionId } = (await Reaction.findOne())!
    const fact = {
      reactionId,
      accountId: alice.account.id,
      postId: parent,
      emoji: '',
      picture: null,
      uri: null,
    }
    await deliverReaction(ctx, fact)
  })
  const large = /Seq Scan on (accounts|follows|posts|mentions|blocks|groups|group_roles)\b/
  expect(runs.length).toBeGreaterThan(15)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  expect(runs.filter(({ wasted }) => wasted > 1000)).toEqual([])
})
