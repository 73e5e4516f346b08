import { followAccount } from '#core/relationships/follow-account'
import { Post } from '#core/posts/post.model'
import { cast, type Member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

let alice: Member
let bob: Member
let carol: Member

beforeEach(async () => {
  ;({ alice, bob, carol } = await cast('alice', 'bob', 'carol'))
  await followAccount(carol.ctx, { accountId: alice.account.id })
})

type Rule = { always: string[]; with_approval: string[] }

const only = (...always: string[]): Rule => ({ always, with_approval: [] })
const nobody = only()

const write = async (body: object) => {
  const reply = await client(alice).post('/api/v1/statuses', { status: 'x', ...body })
  expect(reply).toMatchObject({ status: 200 })
  expectEntity('Status::SignedIn', reply.body)
  return reply.body
}
const policyFor = async (who: Member | undefined, id: string) =>
  (await client(who).get(`/api/v1/statuses/${id}`)).body.interaction_policy

/** What somebody is answered who replies to a post, likes it and boosts it, with the reasons. */
async function tries(who: Member, id: string): Promise<unknown[]> {
  const app = client(who)
  const answers = [
    await app.post('/api/v1/statuses', { status: 'well', in_reply_to_id: id }),
    await app.post(`/api/v1/statuses/${id}/favourite`),
    await app.post(`/api/v1/statuses/${id}/reblog`),
  ]
  return answers.map(({ status, body }) => (status === 200 ? 200 : `${status} ${String(body.error)}`))
}

test('a post says who may reply to it, like it and boost it, and what that is for the one who asks', async () => {
  const { id } = await write({
    interaction_policy: {
      can_reply: only('followers'),
      can_favourite: { always: ['author', 'mentioned'], with_approval: ['public'] },
    },
  })
  const open = only('public')
  const reply = only('author', 'mentioned', 'followers')
  const favourite = { always: ['author', 'mentioned'], with_approval: ['public'] }
  expect(await policyFor(undefined, id)).toEqual({
    can_reply: reply,
    can_favourite: favourite,
    can_reblog: open,
  })
  const me = (rule: Rule): Rule => ({ ...rule, always: [...rule.always, 'me'] })
  const asked = { ...favourite, with_approval: ['public', 'me'] }
  expect(await policyFor(bob, id)).toEqual({ can_reply: reply, can_favourite: asked, can_reblog: me(open) })
  expect(await policyFor(carol, id)).toEqual({
    can_reply: me(reply),
    can_favourite: asked,
    can_reblog: me(open),
  })
  expect(await policyFor(alice, id)).toEqual({
    can_reply: me(reply),
    can_favourite: me(favourite),
    can_reblog: me(open),
  })
})

test('a post that restricts nothing says so by its visibility', async () => {
  const { id } = await write({})
  expect((await Post.findByPk(id))?.interactionPolicy).toBeNull()
  const everybody = only('public', 'me')
  expect(await policyFor(bob, id)).toEqual({
    can_reply: everybody,
    can_favourite: everybody,
    can_reblog: everybody,
  })
  const hidden = await write({ visibility: 'private', interaction_policy: { can_reply: only('public') } })
  const readers = only('author', 'followers', 'mentioned', 'me')
  expect(await policyFor(carol, hidden.id)).toEqual({
    can_reply: readers,
    can_favourite: readers,
    can_reblog: only('author'),
  })
  expect(hidden.interaction_policy.can_reblog).toEqual(only('author', 'me'))
})

test('what the policy of a post forbids is refused with a sentence', async () => {
  const { id } = await write({
    interaction_policy: { can_reply: nobody, can_favourite: only('followers'), can_reblog: nobody },
  })
  expect(await tries(bob, id)).toEqual([
    '422 The author of this post does not let you reply to it',
    '422 The author of this post does not let you like it',
    '422 The author of this post does not let you boost it',
  ])
  expect((await tries(carol, id))[1]).toBe(200)
  expect(await tries(alice, id)).toEqual([200, 200, 200])
  const named = await write({ status: 'hi @bob', interaction_policy: { can_reply: nobody } })
  expect(await tries(bob, named.id)).toEqual([200, 200, 200])
  expect((await tries(carol, named.id))[0]).toMatch(/^422/)
})

test('whom a reply answers may answer it, whatever its author lets others do', async () => {
  const { body: mine } = await client(bob).post('/api/v1/statuses', { status: 'mine' })
  const reply = await write({ in_reply_to_id: mine.id, interaction_policy: { can_reply: nobody } })
  expect((await tries(bob, reply.id))[0]).toBe(200)
  expect((await tries(carol, reply.id))[0]).toMatch(/^422/)
})

test('an edit changes the policy when it says so and keeps it when it does not; that alone is no edit', async () => {
  const { id } = await write({ interaction_policy: { can_reply: nobody } })
  const edit = async (body: object) => (await client(alice).put(`/api/v1/statuses/${id}`, body)).body
  const kept = await edit({ status: 'x' })
  expect(kept.interaction_policy.can_reply).toEqual(only('author', 'mentioned', 'me'))
  const changed = await edit({ status: 'x', interaction_policy: { can_reblog: only('following') } })
  expectEntity('Status::SignedIn', changed)
  expect(changed.edited_at).toBeNull()
  expect(changed.interaction_policy).toMatchObject({
    can_reply: only('public', 'me'),
    can_reblog: only('author', 'following', 'me'),
  })
})

test('words that nobody knows are refused, and forms say it as JSON does', async () => {
  const refused = await client(alice).post('/api/v1/statuses', {
    status: 'x',
    interaction_policy: { can_reply: only('friends') },
  })
  expect(refused).toMatchObject({
    status: 422,
    body: { details: { interaction_policy: [{ error: 'ERR_INCLUSION' }] } },
  })
  const form = new URLSearchParams({
    status: 'x',
    'interaction_policy[can_reply][always][0]': 'author',
    'interaction_policy[can_reply][with_approval][0]': 'followers',
  })
  const { body } = await client(alice).post('/api/v1/statuses', form)
  expect(body.interaction_policy.can_reply).toEqual({
    always: ['author', 'mentioned', 'me'],
    with_approval: ['followers'],
  })
})

test('without a policy that of the member for this visibility stands, which apps read and change', async () => {
  const path = '/api/v1/interaction_policies/defaults'
  const open = only('public', 'me')
  const { body: before } = await client(alice).get(path)
  expect(before.public).toEqual({ can_favourite: open, can_reply: open, can_reblog: open })
  expect(Object.keys(before).toSorted()).toEqual(['direct', 'private', 'public', 'unlisted'])
  const changed = await client(alice).patch(path, { public: { can_reply: only('followers') } })
  expect(changed.body.public.can_reply).toEqual(only('author', 'mentioned', 'followers', 'me'))
  expect(changed.body.unlisted).toEqual(before.unlisted)
  expect((await write({})).interaction_policy.can_reply).toEqual(
    only('author', 'mentioned', 'followers', 'me'),
  )
  expect((await write({ visibility: 'unlisted' })).interaction_policy.can_reply).toEqual(open)
  expect(
    (await write({ interaction_policy: { can_reply: only('public') } })).interaction_policy.can_reply,
  ).toEqual(open)
  expect((await client(alice).patch(path, {})).body).toEqual(before)
  expect((await client(alice).patch(path, { public: { can_reply: only('x') } })).status).toBe(422)
  expect((await client(undefined).get(path)).status).toBe(401)
})
