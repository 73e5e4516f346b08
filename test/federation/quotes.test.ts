import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { Post } from '#core/posts/post.model'
import { Quote } from '#core/posts/quotes/quote.model'
import { revokeQuote } from '#core/posts/quotes/revoke-quote'
import { documentAt } from '#federation/documents'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { cast, type Member } from '#test/factories/account'
import { nameOf, quotable, quoteStateOf, stampBy } from '#test/support/quote-stage'
import { activityOf, noteOf, type RemoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let max: RemoteActor
let stub: StubServer
let other: StubServer

beforeAll(async () => {
  ;[stub, other] = await Promise.all([startStub(), startStub()])
})
afterAll(() => Promise.all([stub.stop(), other.stop()]))

beforeEach(async () => {
  for (const each of [stub, other]) each.documents.clear()
  ;[{ alice }, ann, max] = await Promise.all([cast('alice'), stubActor(stub, 'ann'), stubActor(other, 'max')])
})

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

const followAlice = () =>
  rows({}, `INSERT INTO follows (follower_id, followed_id, state) VALUES ($1, $2, 'accepted')`, [
    ann.account.id,
    alice.account.id,
  ])

describe('quotes by others of posts here', () => {
  const ask = async (object: Post, more: Json = {}) => {
    const instrument = noteOf(ann, nameOf('quote'), { quote: postUri(object), ...more })
    await tell(ann, activityOf(ann, 'QuoteRequest', postUri(object), { instrument }))
    return String(instrument.id)
  }

  test('a QuoteRequest that the policy lets pass is accepted with a stamp, which is served and can be taken back', async () => {
    const mine = await createPost(alice.ctx, { text: 'quote me' })
    const uri = await ask(mine)
    expect(await quoteStateOf(uri)).toBe('accepted')
    const [accept] = await sentActivities('Accept')
    expect(accept).toMatchObject({
      actor: accountUri(alice.account),
      to: [ann.uri],
      object: { type: 'QuoteRequest', actor: ann.uri, object: postUri(mine), instrument: uri },
    })
    const path = new URL(String(accept?.result)).pathname
    const nobody = async () => undefined
    expect(await documentAt(path, nobody)).toMatchObject({
      status: 200,
      body: {
        id: accept?.result,
        type: 'QuoteAuthorization',
        attributedTo: accountUri(alice.account),
        interactingObject: uri,
        interactionTarget: postUri(mine),
      },
    })
    const quoting = await Post.findOne({ where: { uri }, rejectOnEmpty: true })
    await revokeQuote(alice.ctx, { postId: quoting.id, quotedId: mine.id })
    await settle()
    expect(await sentActivities('Delete')).toMatchObject([
      { actor: accountUri(alice.account), object: { id: accept?.result, type: 'QuoteAuthorization' } },
    ])
    expect(await documentAt(path, nobody)).toMatchObject({ status: 410 })
    await tell(
      ann,
      activityOf(ann, 'QuoteRequest', postUri(mine), {
        instrument: noteOf(ann, uri.split('/').at(-1)!, { quote: postUri(mine) }),
      }),
    )
    expect(await quoteStateOf(uri)).toBe('revoked')
    expect(await sentActivities('Reject')).toHaveLength(1)
  })

  test('a QuoteRequest that the policy forbids is refused, and nothing is stored', async () => {
    const mine = await createPost(alice.ctx, { text: 'not me', quotePolicy: 'nobody' })
    const uri = await ask(mine)
    expect(await sentActivities('Reject')).toMatchObject([{ to: [ann.uri], object: { instrument: uri } }])
    expect(await quoteStateOf(uri)).toBeNull()
  })

  test('federation rule 215: a QuoteRequest is refused when its post is not theirs, or quotes something else', async () => {
    const [mine, another] = [
      await createPost(alice.ctx, { text: 'one' }),
      await createPost(alice.ctx, { text: 'two' }),
    ]
    await tell(
      ann,
      activityOf(ann, 'QuoteRequest', postUri(mine), {
        instrument: { ...noteOf(ann, 'x', { quote: postUri(mine) }), attributedTo: max.uri },
      }),
    )
    await tell(
      ann,
      activityOf(ann, 'QuoteRequest', postUri(mine), {
        instrument: noteOf(ann, 'y', { quote: postUri(another) }),
      }),
    )
    expect(await sentActivities('Accept')).toEqual([])
    expect(await sentActivities('Reject')).toHaveLength(2)
    expect((await mine.reload()).quotesCount).toBe(0)
  })

  test('federation rule 139: who may not see a post may not quote it', async () => {
    const mine = await createPost(alice.ctx, { text: 'friends', visibility: 'private' })
    await ask(mine)
    expect(await sentActivities('Reject')).toHaveLength(1)
  })

  test('a quote in an older dialect stands as far as the policy goes, and is told', async () => {
    const [open, closed] = [
      await createPost(alice.ctx, { text: 'open' }),
      await createPost(alice.ctx, { text: 'closed', quotePolicy: 'nobody' }),
    ]
    const [one, two] = [
      noteOf(ann, nameOf('old'), { _misskey_quote: postUri(open) }),
      noteOf(ann, nameOf('old'), { quoteUrl: postUri(closed) }),
    ]
    for (const note of [one, two]) await tell(ann, activityOf(ann, 'Create', note))
    expect([await quoteStateOf(String(one.id)), await quoteStateOf(String(two.id))]).toEqual([
      'accepted',
      'rejected',
    ])
    expect((await open.reload()).quotesCount).toBe(1)
    expect(await rows({}, 'SELECT kind FROM notifications')).toEqual([{ kind: 'quote' }])
  })
})

describe('quotes here of posts elsewhere', () => {
  const quote = async () => {
    const quoted = await quotable(other, max)
    const mine = await createPost(alice.ctx, { text: 'look', quotedId: quoted.id })
    await settle()
    return { quoted, mine, uri: postUri(mine), quote: () => Quote.findByPk(mine.id, { rejectOnEmpty: true }) }
  }
  const requestOf = async () => (await sentActivities('QuoteRequest'))[0] ?? {}

  test('features quotes-01, quotes-03: the author is asked, with the post in every dialect', async () => {
    const { quoted, uri } = await quote()
    expect(await requestOf()).toMatchObject({
      type: 'QuoteRequest',
      actor: accountUri(alice.account),
      object: postUri(quoted),
      to: [max.uri],
      instrument: { id: uri, quote: postUri(quoted) },
    })
    const [create] = await sentActivities('Create')
    const object = create?.object as Json
    expect([object.quote, object.quoteUrl, object.quoteUri, object._misskey_quote]).toEqual(
      Array.from({ length: 4 }, () => postUri(quoted)),
    )
    expect(object.tag).toMatchObject([{ type: 'Link', href: postUri(quoted) }])
    expect(object.quoteAuthorization).toBeUndefined()
    expect(object.content).toContain('<p class="quote-inline">RE: <a ')
  })

  test('QUOTE-05 federation rule 216: a yes with a stamp makes it stand and is passed on; a no ends it', async () => {
    await followAlice()
    const { quoted, mine, uri, quote: now } = await quote()
    const stamp = other.serve(stampBy(max, uri, postUri(quoted)))
    const { id } = await requestOf()
    const yes = (who: RemoteActor) =>
      activityOf(who, 'Accept', { id, type: 'QuoteRequest' }, { result: stamp.id })
    await tell(ann, yes(ann))
    expect((await now()).state).toBe('pending')
    await tell(max, activityOf(max, 'Accept', { id, type: 'QuoteRequest' }))
    expect((await now()).state).toBe('pending')
    await tell(max, yes(max))
    expect(await now()).toMatchObject({ state: 'accepted', stampUri: stamp.id })
    const [update] = await sentActivities('Update')
    expect(update?.object).toMatchObject({ id: uri, quote: postUri(quoted), quoteAuthorization: stamp.id })
    expect((await mine.reload()).editedAt).toBeNull()
    await tell(max, activityOf(max, 'Delete', stamp.id))
    expect((await now()).state).toBe('revoked')
    const ended = (await sentActivities('Update'))[1] ?? {}
    expect(ended.object).not.toHaveProperty('quote')
  })

  test('a no leaves the quote rejected', async () => {
    const { quote: now } = await quote()
    await tell(max, activityOf(max, 'Reject', (await requestOf()).id))
    expect((await now()).state).toBe('rejected')
  })

  test('what anybody may do with a post is said in the words of older servers too (wire 10.5)', async () => {
    await followAlice()
    await createPost(alice.ctx, { text: 'for everybody' })
    await settle()
    const object = (await sentActivities('Create')).at(-1)?.object as { interactionPolicy: Json }
    const anybody = { automaticApproval: [PUBLIC], manualApproval: [] }
    for (const deed of ['canReply', 'canLike', 'canAnnounce'])
      expect(object.interactionPolicy[deed]).toEqual({ ...anybody, always: [PUBLIC], approvalRequired: [] })
  })

  test('features quotes-08: every post says who may quote it', async () => {
    const policyOf = async (draft: Parameters<typeof createPost>[1]) => {
      await createPost(alice.ctx, draft)
      await settle()
      const object = (await sentActivities('Create')).at(-1)?.object as { interactionPolicy: Json }
      return (object.interactionPolicy.canQuote as Json).automaticApproval
    }
    const self = accountUri(alice.account)
    await followAlice()
    expect(await policyOf({ text: 'x' })).toEqual([PUBLIC])
    expect(await policyOf({ text: 'x', quotePolicy: 'followers' })).toEqual([`${self}/followers`])
    expect(await policyOf({ text: 'x', quotePolicy: 'nobody' })).toEqual([self])
    expect(await policyOf({ text: 'x', visibility: 'private' })).toEqual([self])
  })
})
