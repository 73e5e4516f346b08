import { instanceActor } from '#core/accounts/instance-actor'
import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import * as activities from '#federation/activities'
import { actorDocument } from '#federation/actors'
import { audienceOf } from '#federation/audience'
import { loadPosts, type WholePost } from '#federation/load-posts'
import type { Json } from '#federation/properties'
import * as groupActivities from '#federation/group-activities'
import * as quoteActivities from '#federation/quote-activities'
import { renderReaction } from '#federation/objects/reaction'
import { inSeconds } from '#platform/clock'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { group } from '#test/factories/group'
import { upload } from '#test/factories/medium'
import { boost, post } from '#test/factories/post'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** A post as it is rendered. */
export const whole = async ({ id }: { id: string }): Promise<WholePost> => (await loadPosts([id]))[0]!

/** Members, somebody elsewhere and posts of every kind, of which everything that is emitted can be made. */
export type Emitters = {
  alice: Member
  ann: Account
  us: Account
  tea: Account
  rich: WholePost
  poll: WholePost
  boosted: WholePost
  quoting: WholePost
}

/** Makes them. */
export async function makeEmitters(): Promise<Emitters> {
  const { alice } = await cast('alice')
  await alice.account.update({ fields: [{ name: 'Site', valueHtml: 'a.example' }] as never })
  const [ann, us] = await Promise.all([stranger('ann'), instanceActor(alice.ctx)])
  const picture = await upload(alice, {
    fileKey: 'files/a/b.jpg',
    description: 'a wall',
    blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
    focusX: 0.5,
    focusY: -0.5,
    meta: { original: { width: 3, height: 2 } } as never,
  })
  const tea = await group(alice)
  const first = await post(alice, { text: 'first' })
  const draft = {
    text: 'hi @ann@remote.example @tea #tea',
    spoilerText: 'tea',
    mediaIds: [picture.id],
    replyToId: first.id,
  }
  const rich = await whole(await as(alice, createPost, draft))
  const other = await post((await cast('bob')).bob, { quotePolicy: { automatic: ['public'], manual: [] } })
  const quoting = await whole(await as(alice, createPost, { text: 'see this', quotedId: other.id }))
  const question = { options: ['tea', 'coffee'], isMultiple: false, expiresAt: inSeconds(-60) }
  const poll = await whole(await post(alice, { poll: question }))
  const far = await post(ann, { uri: 'https://remote.example/notes/1' })
  const boosted = await whole(await boost(alice, far))
  return { alice, ann, us, tea, rich, poll, boosted, quoting }
}

const emitters: Record<string, unknown> = { ...activities, ...groupActivities, ...quoteActivities }
const make = (name: string, ...given: unknown[]): Json =>
  (emitters[name] as (...all: unknown[]) => Json)(...given)

/** One of each activity, by the name of what makes it; there is none of which none is made. */
export async function made({
  alice,
  ann,
  us,
  rich,
  poll,
  boosted,
  tea,
}: Emitters): Promise<Record<string, Json>> {
  const { account } = alice
  const [me, theirs, note] = [accountUri(account), accountUri(ann), 'https://remote.example/notes/1']
  const follow = make('followActivity', '1', account, ann)
  const deed = { groupId: tea.id, actor: me, deedId: '10' }
  const tag = { accountId: account.id, featureId: '7', name: 'tea', displayName: 'Tea' }
  const pair = { quoting: { id: '8', authorId: ann.id, uri: note }, quoted: { ...rich, uri: null } }
  const picture = { url: 'https://a.example/cat.png', staticUrl: 'https://a.example/cat.png' }
  const said = renderReaction({ emoji: 'cat', picture } as never)
  const request = { requestUri: `${theirs}#q`, actor: theirs, instrument: note, quotedUri: postUri(rich) }
  const asked = { ...request, quotedAuthorId: account.id }
  const given: Record<string, unknown[]> = {
    createActivity: [rich],
    updatePostActivity: [poll, new Date()],
    deletePostActivity: [postUri(rich), account.id, audienceOf(rich)],
    announceActivity: [boosted],
    undoAnnounceActivity: [postUri(boosted), account.id, note],
    followActivity: ['1', account, ann],
    likeActivity: ['2', account, note, theirs, said],
    emojiReactActivity: ['2', account, note, theirs, said],
    singleFlagActivity: [{ id: '6', at: 0 }, us, note, { to: theirs, content: 'spam' }],
    blockActivity: ['3', account, ann],
    answerActivity: ['Accept', { id: '4', uri: `${theirs}#f` }, ann, account],
    undoActivity: [follow],
    voteActivity: ['5', account, 'tea', note, theirs],
    updateActorActivity: [await actorDocument(account), new Date()],
    deleteActorActivity: [me],
    flagActivity: ['6', us, [theirs, note], 'spam'],
    moveActivity: [me, theirs, new Date()],
    pinActivity: ['Add', { id: rich.id, authorId: account.id, uri: null }, 1],
    featureActivity: ['Remove', tag],
    quoteRequestActivity: [rich, note, theirs],
    quoteAnswerActivity: [asked, '9'],
    stampDocument: [pair],
    deleteStampActivity: [pair, [PUBLIC]],
    relayFollowActivity: [`${accountUri(us)}/follows/1`, null],
    relayAnnounceActivity: [rich],
    groupAnnounceActivity: [tea.id, make('createActivity', rich), 'one'],
    moderationActivity: ['Lock', deed, note],
    undoModerationActivity: [make('moderationActivity', 'Lock', deed, note)],
  }
  const names = Object.keys(emitters).filter((name) => /(Activity|Document)$/.test(name))
  expect(names.filter((name) => !given[name])).toEqual([])
  return Object.fromEntries(names.map((name) => [name, make(name, ...given[name]!)]))
}
