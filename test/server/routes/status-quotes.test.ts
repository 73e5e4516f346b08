import { Post } from '#core/posts/post.model'
import { changeQuote } from '#core/posts/quotes/change-quote'
import { blockAccount } from '#core/relationships/block-account'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { rows } from '#platform/db'
import { cast, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { forgetPages } from '#server/serializers/kept-pages'
import { forgetFragments } from '#server/serializers/status-fragment'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'
import { readStatus, writeStatus } from '#test/support/statuses'

let alice: Member
let bob: Member
let carol: Member

beforeEach(async () => {
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
})

/** A post of another server, by somebody who lets everybody quote unless told otherwise. */
const remote = async (policy: { automatic: 'public'[]; manual: 'public'[] } | null) => {
  const author = await stranger('ann')
  return post(author, { uri: 'https://remote.example/notes/1', quotePolicy: policy })
}

test('QUOTE-01 quoted_status_id makes a quote; what is unknown, hidden or not to be quoted is 404', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  expect(quote.quote).toMatchObject({ state: 'accepted', quoted_status: { id: original.id, quote: null } })
  expectEntity('Quote', quote.quote)
  const closed = await writeStatus(alice, { status: 'not mine to share', quote_approval_policy: 'nobody' })
  const hidden = await writeStatus(alice, { status: 'secret', visibility: 'direct' })
  for (const id of ['1', 'x', closed.id, hidden.id])
    expect(
      (await client(bob).post('/api/v1/statuses', { status: 'look', quoted_status_id: id })).status,
    ).toBe(404)
})

test('POST-01 POST-05 a quote needs no text, and a warning before it stays a warning', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { spoiler_text: 'careful', quoted_status_id: original.id })
  expect(quote).toMatchObject({ spoiler_text: 'careful', sensitive: true })
  expect((await writeStatus(bob, { quoted_status_id: original.id })).quote.state).toBe('accepted')
})

test('HTML-10 the text of a quote begins with the address of what it quotes, unless that is in it', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const plain = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  expect(plain.content).toContain(`<p class="quote-inline">RE: <a href="${original.url}"`)
  const named = await writeStatus(bob, { status: `look ${original.url}`, quoted_status_id: original.id })
  expect(named.content).not.toContain('quote-inline')
})

test('POST-12 what is quoted does not count towards the length', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  await writeStatus(bob, { status: 'x'.repeat(500), quoted_status_id: original.id })
})

test('apps of other families quote by quote_id, and read names of theirs', async () => {
  const [one, two] = [
    await writeStatus(alice, { status: 'one' }),
    await writeStatus(alice, { status: 'two' }),
  ]
  const quote = await writeStatus(bob, { status: 'look', quote_id: one.id })
  expect(quote).toMatchObject({
    quote_id: one.id,
    pleroma: { quote: { id: one.id }, quote_id: one.id, quote_url: one.url },
  })
  const both = await writeStatus(bob, { status: 'look', quote_id: one.id, quoted_status_id: two.id })
  expect(both.quote.quoted_status.id).toBe(two.id)
  expect([one.quote_id, one.pleroma]).toEqual([null, { emoji_reactions: [] }])
})

test('QUOTE-06 QUOTE-07 how a quote stands differs by viewer, and so does what is shown', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  const seen = async () => (await readStatus(carol, quote.id)).quote
  expect(await seen()).toMatchObject({ state: 'accepted', quoted_status: { id: original.id } })
  await muteAccount(carol.ctx, { accountId: alice.account.id })
  expect(await seen()).toMatchObject({ state: 'muted_account', quoted_status: { id: original.id } })
  await blockAccount(carol.ctx, { accountId: alice.account.id })
  expect(await seen()).toMatchObject({ state: 'blocked_account', quoted_status: { id: original.id } })
  await blockAccount(alice.ctx, { accountId: carol.account.id })
  expect(await seen()).toEqual({ state: 'unauthorized', quoted_status: null })
  for (const state of ['pending', 'rejected', 'revoked'] as const) {
    await rows({}, 'UPDATE quotes SET state = $2 WHERE post_id = $1', [quote.id, state])
    expect((await readStatus(bob, quote.id)).quote).toEqual({ state, quoted_status: null })
  }
  await rows({}, `UPDATE quotes SET state = 'accepted' WHERE post_id = $1`, [quote.id])
  await client(alice).delete(`/api/v1/statuses/${original.id}`)
  expect((await readStatus(bob, quote.id)).quote).toEqual({ state: 'deleted', quoted_status: null })
})

test('QUOTE-06 a quote of somebody of a blocked server says so', async () => {
  const original = await remote({ automatic: ['public'], manual: [] })
  const quote = await post(bob, { quote: { quotedId: original.id, state: 'accepted' } })
  await client(carol).post('/api/v1/domain_blocks', { domain: 'remote.example' })
  expect((await readStatus(carol, quote.id)).quote).toMatchObject({
    state: 'blocked_domain',
    quoted_status: { id: original.id },
  })
})

test('QUOTE-06 a quote of a private post is shown only to those who may see that', async () => {
  await followAccount(carol.ctx, { accountId: alice.account.id })
  const original = await writeStatus(alice, { status: 'for friends', visibility: 'private' })
  const quote = await post(alice, { quote: { quotedId: original.id, state: 'accepted' } })
  expect((await readStatus(carol, quote.id)).quote.quoted_status.id).toBe(original.id)
  expect((await readStatus(bob, quote.id)).quote).toEqual({ state: 'unauthorized', quoted_status: null })
  expect((await readStatus(undefined, quote.id)).quote).toEqual({
    state: 'unauthorized',
    quoted_status: null,
  })
})

test('QUOTE-07 inside of a quoted post the next quote is an id', async () => {
  const one = await writeStatus(alice, { status: 'one' })
  const two = await writeStatus(bob, { status: 'two', quoted_status_id: one.id })
  const three = await writeStatus(carol, { status: 'three', quoted_status_id: two.id })
  expect(three.quote.quoted_status.quote).toEqual({ state: 'accepted', quoted_status_id: one.id })
  expectEntity('ShallowStatus', three.quote.quoted_status)
})

test('QUOTE-08 STAT-19 the answer of a deletion holds what was quoted, whatever the state', async () => {
  const [one, two] = [
    await writeStatus(alice, { status: 'one' }),
    await writeStatus(alice, { status: 'two' }),
  ]
  const middle = await writeStatus(alice, { status: 'middle', quoted_status_id: two.id })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: middle.id })
  await client(alice).post(`/api/v1/statuses/${middle.id}/quotes/${quote.id}/revoke`)
  const { body } = await client(bob).delete(`/api/v1/statuses/${quote.id}`)
  expectEntity('DeletedStatus', body)
  expect(body).toMatchObject({ text: 'look', quote: { state: 'revoked', quoted_status: { id: middle.id } } })
  const plain = await writeStatus(bob, { status: 'look', quoted_status_id: one.id })
  const { body: other } = await client(bob).delete(`/api/v1/statuses/${plain.id}`)
  expectEntity('DeletedStatus', other)
  expect(other.quote).toMatchObject({ state: 'accepted', quoted_status: { id: one.id } })
  expect((await readStatus(alice, one.id)).quotes_count).toBe(0)
})

test('QUOTE-09 a quote of a private post is private, and a direct one tells whom it quotes', async () => {
  const hidden = await writeStatus(alice, { status: 'for friends', visibility: 'private' })
  expect((await writeStatus(alice, { quoted_status_id: hidden.id, visibility: 'public' })).visibility).toBe(
    'private',
  )
  const original = await writeStatus(alice, { status: 'the original' })
  const send = (status: string) =>
    client(bob).post('/api/v1/statuses', { status, visibility: 'direct', quoted_status_id: original.id })
  expect((await send('@carol look')).status).toBe(422)
  expect((await send('@carol @alice look')).status).toBe(200)
})

test('QUOTE-10 an edit neither adds, changes nor removes a quote', async () => {
  const [one, two] = [
    await writeStatus(alice, { status: 'one' }),
    await writeStatus(alice, { status: 'two' }),
  ]
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: one.id })
  for (const more of [{}, { quoted_status_id: two.id }]) {
    const { body } = await client(bob).put(`/api/v1/statuses/${quote.id}`, { status: 'see', ...more })
    expect(body.quote.quoted_status.id).toBe(one.id)
    expect(body.content).toContain(`RE: <a href="${one.url}"`)
  }
  const plain = await writeStatus(bob, { status: 'x' })
  const { body } = await client(bob).put(`/api/v1/statuses/${plain.id}`, {
    status: 'y',
    quoted_status_id: two.id,
  })
  expect(body.quote).toBeNull()
})

test('QUOTE-11 accepted quotes are counted and listed, for those who may see them', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const ids = []
  for (const status of ['one', 'two', 'three'])
    ids.unshift((await writeStatus(bob, { status, quoted_status_id: original.id })).id)
  await writeStatus(bob, { status: 'for friends', visibility: 'private', quoted_status_id: original.id })
  await post(carol, { quote: { quotedId: original.id, state: 'pending' } })
  const list = (path = '') => client(carol).get(`/api/v1/statuses/${original.id}/quotes${path}`)
  const { body, headers } = await list('?limit=2')
  expectEntity('Array<Status>', body)
  expect(body.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
  const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
  const { pathname, search } = new URL(next)
  const rest = await client(carol).get(pathname + search)
  expect(rest.body.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2))
  expect((await readStatus(carol, original.id)).quotes_count).toBe(4)
  expect((await client(alice).get(`/api/v1/statuses/1/quotes`)).status).toBe(404)
})

test('QUOTE-12 ERR-08 the quoted author takes a quote back; others may not', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  const path = `/api/v1/statuses/${original.id}/quotes/${quote.id}/revoke`
  expect((await client(bob).post(path)).status).toBe(403)
  for (const _ of ['once', 'twice']) {
    const { status, body } = await client(alice).post(path)
    expect(status).toBe(200)
    expectEntity('Status::SignedIn', body)
    expect([body.id, body.quote]).toEqual([quote.id, { state: 'revoked', quoted_status: null }])
  }
  expect((await readStatus(carol, original.id)).quotes_count).toBe(0)
  expect((await client(alice).get(`/api/v1/statuses/${original.id}/quotes`)).body).toEqual([])
  const other = await writeStatus(bob, { status: 'no quote' })
  expect((await client(alice).post(`/api/v1/statuses/${original.id}/quotes/${other.id}/revoke`)).status).toBe(
    404,
  )
  expect(await changeQuote(alice.ctx, { postId: quote.id, to: 'accepted' })).toBe(false)
})

test('QUOTE-13 STAT-16 being quoted is told, and so is an edit of what one quotes', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  await settle()
  const told = async (who: Member) => (await client(who).get('/api/v1/notifications')).body
  expect(await told(alice)).toMatchObject([
    { type: 'quote', account: { id: bob.account.id }, status: { id: quote.id } },
  ])
  for (const status of ['changed', 'changed again']) {
    await client(alice).put(`/api/v1/statuses/${original.id}`, { status })
    await settle()
  }
  expect(await told(bob)).toMatchObject([
    { type: 'quoted_update', account: { id: alice.account.id }, status: { id: original.id } },
  ])
})

test('QUOTE-14 TRIP-41 a boost carries no quote of its own', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: original.id })
  const { body } = await client(carol).post(`/api/v1/statuses/${quote.id}/reblog`)
  expectEntity('Status::SignedIn', body)
  expect([body.quote, body.reblog.quote.quoted_status.id]).toEqual([null, original.id])
  const again = await writeStatus(alice, { status: 'quoting a boost', quoted_status_id: body.id })
  expect(again.quote.quoted_status.id).toBe(quote.id)
})

test('a page of quotes costs the same number of queries whatever its length', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const app = client(carol)
  const list = () => app.get('/api/v1/timelines/public')
  await post(bob, { quote: { quotedId: original.id, state: 'accepted' } })
  await list()
  const anew = () => {
    forgetPages()
    forgetFragments()
    return countQueries(list)
  }
  const few = await anew()
  for (let count = 0; count < 8; count += 1) {
    const inner = await post(alice, { text: `inner ${count}` })
    await post(bob, { text: `${count}`, quote: { quotedId: inner.id, state: 'accepted' } })
  }
  expect(await anew()).toBe(few)
  expect(await Post.count()).toBe(18)
})
