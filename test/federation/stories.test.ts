import { Post } from '#core/posts/post.model'
import type { Json } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { deadLetters } from '#platform/dead-letters'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { closeListeners } from '#test/support/listener'
import { activityOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let far: StubFediverse
let ann: RemoteActor
beforeAll(async () => (far = await startFediverse()))
afterAll(closeListeners)
beforeEach(async () => {
  far.clear()
  ann = await far.actor('ann')
  await follow((await cast('alice')).alice, ann)
})

const bearcap = () => `bear:?t=geheim&u=${ann.uri}/stories/1`
const story = (): Json => ({
  id: `${ann.uri}/stories/1`,
  type: 'Story',
  attributedTo: ann.uri,
  to: [`${ann.uri}/followers`],
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  attachment: { type: 'Image', url: `http://${far.domain}/story.png`, mediaType: 'image/png' },
})

test.each<[string, () => Json]>([
  ['a Create of one', () => activityOf(ann, 'Create', story())],
  ['a Create that names one', () => activityOf(ann, 'Create', bearcap())],
  ['an Add that names one', () => activityOf(ann, 'Add', bearcap(), { target: `${ann.uri}/stories` })],
  [
    'an Add of one',
    () =>
      activityOf(
        ann,
        'Add',
        { id: `${ann.uri}/stories/1`, type: 'Story', object: { type: 'Bear', url: bearcap() } },
        { target: `${ann.uri}/stories` },
      ),
  ],
  ['an Announce of one', () => activityOf(ann, 'Announce', bearcap())],
  ['an answer to one', () => ({ ...activityOf(ann, 'Story:Reply', 'nice'), inReplyTo: bearcap() })],
  ['a reaction to one', () => ({ ...activityOf(ann, 'Story:Reaction', '👍'), inReplyTo: bearcap() })],
  ['an end of one', () => activityOf(ann, 'Delete', { id: `${ann.uri}/stories/1`, type: 'Story' })],
])(
  'federation rule 108: there are no stories here: %s is answered 202, asks for nothing and leaves nothing',
  async (_what, say) => {
    expect(await tell(ann, say())).toMatchObject({ status: 202 })
    expect(far.requests).toEqual([])
    expect([await Post.count(), await deadLetters()]).toEqual([0, []])
  },
)

test('federation rule 108: nobody is who a bearcap says', async () => {
  const activity = { ...activityOf(ann, 'Create', story()), actor: bearcap() }
  expect((await takeActivity(signedPost(ann, activity))).status).toBe(400)
  expect(far.requests).toEqual([])
})
