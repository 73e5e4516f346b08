import { accountUri, postUri } from '#core/addresses'
import { Report } from '#core/moderation/report.model'
import { Notification } from '#core/notifications/notification.model'
import { Poll } from '#core/posts/polls/poll.model'
import { Post } from '#core/posts/post.model'
import { Reaction } from '#core/reactions/reaction.model'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { letTimePass } from '#test/support/let-time-pass'
import { activityOf, noteOf, remoteActor, tell } from '#test/support/remote-actor'

const HOUR = 3600
const DAY = 24 * HOUR

describe.each([25 * HOUR, 8 * DAY, 90 * DAY])('R-022: what comes again after %d seconds', (distance) => {
  test('has no second effect', async () => {
    const [{ alice, bob }, ann] = await Promise.all([cast('alice', 'bob'), remoteActor('ann')])
    const own = await post(alice)
    const poll = await post(bob)
    await Poll.create({
      postId: poll.id,
      options: ['Tea', 'Milk'],
      tallies: [0, 0],
      votersCount: 0,
      expiresAt: new Date(Date.now() + 200 * DAY * 1000),
    })
    const { id: followId } = await follow(bob, ann, 'pending')
    const to = [accountUri(alice.account)]
    const asker = accountUri(bob.account)
    const asked = `${asker}/follows/${followId}`
    const tag = [{ type: 'Mention', href: to[0], name: '@alice' }]
    const vote = { name: 'Tea', inReplyTo: postUri(poll), to: [accountUri(bob.account)], cc: [] }
    const ballot = { ...noteOf(ann, 'vote', vote), content: undefined }
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    const undone = activityOf(ann, 'Like', postUri(own))
    const all = [
      activityOf(ann, 'Create', noteOf(ann, 'one', { tag, inReplyTo: postUri(own) })),
      activityOf(ann, 'Create', noteOf(ann, 'gone')),
      activityOf(ann, 'Delete', `${ann.uri}/notes/gone`),
      undone,
      activityOf(ann, 'Undo', undone),
      activityOf(ann, 'Like', postUri(own)),
      activityOf(ann, 'Announce', postUri(own)),
      activityOf(ann, 'Follow', to[0]),
      activityOf(ann, 'Flag', to, { content: 'spam' }),
      activityOf(ann, 'Block', to[0]),
      activityOf(ann, 'EmojiReact', postUri(poll), { content: '🎉' }),
      activityOf(ann, 'Create', ballot, { to }),
      activityOf(ann, 'Update', { ...noteOf(ann, 'one', { tag, updated: at(5) }), content: '<p>older</p>' }),
      activityOf(ann, 'Update', { ...noteOf(ann, 'one', { tag, updated: at(1) }), content: '<p>newer</p>' }),
      activityOf(ann, 'Accept', { id: asked, type: 'Follow', actor: asker, object: ann.uri }),
    ]
    const state = async () => [
      await Post.count(),
      await Reaction.count(),
      await Follow.count(),
      await Block.count(),
      await Report.count(),
      await Notification.count(),
      await Poll.findOne({ where: { postId: poll.id }, rejectOnEmpty: true }).then(({ tallies }) => tallies),
      await poll.reload().then(({ reactions }) => reactions),
      await Post.findAll({ where: { authorId: ann.account.id } }).then((all) =>
        all.map(({ html }) => html).sort(),
      ),
      await own.reload().then((post) => [post.repliesCount, post.boostsCount, post.favouritesCount]),
      await alice.account.reload().then(({ followersCount }) => followersCount),
      await ann.account.reload().then(({ postsCount }) => postsCount),
    ]
    for (const activity of all) await tell(ann, activity)
    const before = await state()
    await letTimePass(distance)
    for (const activity of all) await tell(ann, activity)
    expect(await state()).toEqual(before)
  })
})
