import { followAccount } from '#core/relationships/follow-account'
import { cast, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
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

test('QUOTE-02 QUOTE-03 QUOTE-04 quote_approval says who may quote, and what that is for the one who asks', async () => {
  await followAccount(carol.ctx, { accountId: alice.account.id })
  const seen = async (id: string) =>
    Promise.all(
      [alice, bob, carol, undefined].map(async (each) => (await readStatus(each, id)).quote_approval),
    )
  const answers = (automatic: string[], ...users: string[]) =>
    users.map((current_user) => ({ automatic, manual: [], current_user }))
  const of = async (body: object) => (await writeStatus(alice, { status: 'x', ...body })).id
  expect(await seen(await of({}))).toEqual(
    answers(['public'], 'automatic', 'automatic', 'automatic', 'denied'),
  )
  expect(await seen(await of({ quote_approval_policy: 'followers' }))).toEqual(
    answers(['followers'], 'automatic', 'denied', 'automatic', 'denied'),
  )
  expect(await seen(await of({ quote_approval_policy: 'nobody' }))).toEqual(
    answers([], 'automatic', 'denied', 'denied', 'denied'),
  )
  const hidden = await of({ visibility: 'private', quote_approval_policy: 'public' })
  expect((await readStatus(carol, hidden)).quote_approval).toEqual(answers([], 'denied')[0])
  const reply = await client(alice).post('/api/v1/statuses', {
    status: 'x',
    quote_approval_policy: 'friends',
  })
  expect(reply.status).toBe(422)
  expect(
    (
      await writeStatus(carol, {
        status: 'mine',
        quoted_status_id: await of({ quote_approval_policy: 'followers' }),
      })
    ).quote.state,
  ).toBe('accepted')
  expect((await writeStatus(alice, { status: 'mine', quoted_status_id: hidden })).quote.state).toBe(
    'accepted',
  )
})

test('POST-03 INST-09 without a policy that of the member stands, which apps read and change', async () => {
  await client(alice).patch('/api/v1/accounts/update_credentials', { source: { quote_policy: 'followers' } })
  expect((await writeStatus(alice, { status: 'x' })).quote_approval.automatic).toEqual(['followers'])
  const { body } = await client(alice).get('/api/v1/accounts/verify_credentials')
  expect(body.source.quote_policy).toBe('followers')
})

test('QUOTE-05 a quote of a post elsewhere waits for its author, unless they say nothing about quotes', async () => {
  const waiting = await remote({ automatic: ['public'], manual: [] })
  const quote = await writeStatus(bob, { status: 'look', quoted_status_id: waiting.id })
  expect(quote.quote).toEqual({ state: 'pending', quoted_status: null })
  expect(waiting.quotesCount).toBe(0)
  const silent = await post(await stranger('max', 'old.example'), { uri: 'https://old.example/1' })
  const other = await writeStatus(bob, { status: 'look', quoted_status_id: silent.id })
  expect(other.quote.state).toBe('accepted')
  const asked = await post(await stranger('eve', 'asks.example'), {
    uri: 'https://asks.example/1',
    quotePolicy: { automatic: [], manual: ['public'] },
  })
  expect((await readStatus(bob, asked.id)).quote_approval).toEqual({
    automatic: [],
    manual: ['public'],
    current_user: 'manual',
  })
  const odd = await post(await stranger('odd', 'odd.example'), {
    uri: 'https://odd.example/1',
    quotePolicy: { automatic: ['unsupported_policy'], manual: [] },
  })
  expect((await readStatus(bob, odd.id)).quote_approval.current_user).toBe('unknown')
})

test('STAT-32 interaction_policy changes who may quote, and is no edit', async () => {
  const original = await writeStatus(alice, { status: 'the original' })
  const path = `/api/v1/statuses/${original.id}/interaction_policy`
  for (const method of ['put', 'patch'] as const) {
    const policy = method === 'put' ? 'nobody' : 'followers'
    const { status, body } = await client(alice)[method](path, { quote_approval_policy: policy })
    expect(status).toBe(200)
    expectEntity('Status::SignedIn', body)
    expect(body.quote_approval.automatic).toEqual(policy === 'nobody' ? [] : ['followers'])
    expect(body.edited_at).toBeNull()
  }
  expect((await client(bob).put(path, { quote_approval_policy: 'nobody' })).status).toBe(403)
  expect((await client(alice).put(path, { quote_approval_policy: 'x' })).status).toBe(422)
  expect((await client(alice).put(path, {})).status).toBe(422)
})

test('STAT-11 STAT-12 an edit changes who may quote when it says so, and keeps it when it does not', async () => {
  const original = await writeStatus(alice, { status: 'the original', quote_approval_policy: 'followers' })
  const edit = async (body: object) =>
    (await client(alice).put(`/api/v1/statuses/${original.id}`, body)).body.quote_approval.automatic
  expect(await edit({ status: 'changed' })).toEqual(['followers'])
  expect(await edit({ status: 'changed', quote_approval_policy: 'public' })).toEqual(['public'])
})
