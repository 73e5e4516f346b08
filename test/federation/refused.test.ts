import { DomainRule } from '#core/instances/domain-rule.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { postUri } from '#core/addresses'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import {
  activityOf,
  noteOf,
  type RemoteActor,
  remoteActor,
  signedPost,
  tell,
} from '#test/support/remote-actor'

let alice: Member
let ann: RemoteActor
let mal: RemoteActor
beforeEach(async () => {
  ;[{ alice }, ann, mal] = await Promise.all([
    cast('alice'),
    remoteActor('ann'),
    remoteActor('mal', 'evil.example'),
  ])
  await follow(alice, ann)
})

const stored = async () =>
  (await Post.findAll({ where: { authorId: ann.account.id } })).map(({ html }) => html)
const create = (more: Json = {}) => activityOf(ann, 'Create', noteOf(ann, 'one', more))

/** Each way to be refused: what is sent first, and what makes the same welcome. */
const refusals: [what: string, first: (activity: Json) => Promise<unknown>, mend: () => Promise<unknown>][] =
  [
    [
      'with a signature that is not right',
      async (activity) => {
        const { rawBody: _, ...rest } = signedPost(ann, activity)
        const rawBody = Buffer.from(JSON.stringify({ ...activity, summary: 'changed on the way' }))
        return expect(await takeActivity({ ...rest, rawBody })).toMatchObject({ status: 401 })
      },
      async () => undefined,
    ],
    ['from somebody else', (activity) => tell(mal, activity), async () => undefined],
    [
      'by somebody who took its id',
      async ({ id }) => tell(mal, { ...activityOf(mal, 'Create', noteOf(mal, 'one')), id }),
      async () => undefined,
    ],
    [
      'with a note that somebody else wrote',
      (activity) =>
        tell(ann, { ...activity, object: { ...(activity.object as Json), attributedTo: mal.uri } }),
      async () => undefined,
    ],
    [
      'while its domain is blocked',
      async (activity) => {
        await DomainRule.create({ domain: 'remote.example', severity: 'suspend' })
        await tell(ann, activity)
      },
      () => DomainRule.destroy({ where: { domain: 'remote.example' } }),
    ],
    [
      'while its sender is suspended',
      async (activity) => {
        await ann.account.update({ suspendedAt: new Date() })
        await tell(ann, activity)
      },
      () => ann.account.update({ suspendedAt: null }),
    ],
  ]

test.each(refusals)(
  'R-026: what is refused %s is taken when it comes in order',
  async (_what, first, mend) => {
    const activity = create()
    await first(activity)
    expect(await stored()).toEqual([])
    await mend()
    await tell(ann, activity)
    expect(await stored()).toEqual(['<p>one</p>'])
  },
)

test('R-026: what the one who is answered refuses is taken when the block is over', async () => {
  const own = await post(alice)
  const block = await Block.create({ blockerId: alice.account.id, blockedId: ann.account.id })
  const all = [create({ inReplyTo: postUri(own) }), activityOf(ann, 'Like', postUri(own))]
  for (const activity of all) await tell(ann, activity)
  expect([await stored(), await Reaction.count()]).toEqual([[], 0])
  await block.destroy()
  for (const activity of all) await tell(ann, activity)
  expect([await stored(), await Reaction.count()]).toEqual([['<p>one</p>'], 1])
})

test('R-026: an edit with a note of somebody else leaves no mark either', async () => {
  await tell(ann, create())
  const updated = new Date().toISOString()
  const edit = activityOf(ann, 'Update', { ...noteOf(ann, 'one', { updated }), content: '<p>two</p>' })
  await tell(ann, { ...edit, object: { ...(edit.object as Json), attributedTo: mal.uri } })
  expect(await stored()).toEqual(['<p>one</p>'])
  await tell(ann, edit)
  expect(await stored()).toEqual(['<p>two</p>'])
})
