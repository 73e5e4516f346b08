import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { changeSettings } from '#core/instances/change-settings'
import { DomainRule } from '#core/instances/domain-rule.model'
import { isBarredDomain } from '#core/instances/instance.policy'
import { keptSettings } from '#core/instances/kept-settings'
import { Instance } from '#core/instances/instance.model'
import { Post } from '#core/posts/post.model'
import { fetchFile } from '#core/media/fetch-file'
import { allowDomain } from '#core/moderation/allow-domain'
import { nowhere } from '#core/remote'
import { instance } from '#config/instance'
import { fetchObject } from '#federation/fetch-object'
import { findAccountByHandle } from '#federation/find-account'
import { answerObject } from '#federation/federation'
import type { Settings } from '#core/instances/read-settings'
import { as, cast, member, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { createPost } from '#core/posts/create-post'
import { client, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { kith } from '#test/support/cli'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedGet, signedPost } from '#test/support/remote-actor'
import { takeActivity } from '#federation/take-activity'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }
const kithItself = { actor: { kind: 'kith' } as const, remote: nowhere }

let alice: Member
let friends: StubFediverse
let others: StubFediverse
let ann: RemoteActor
let eve: RemoteActor

beforeAll(async () => {
  ;[friends, others] = await Promise.all([startFediverse(), startFediverse()])
})
afterAll(closeListeners)

beforeEach(async () => {
  friends.clear()
  others.clear()
  ;[{ alice }, ann, eve] = await Promise.all([cast('alice'), friends.actor('ann'), others.actor('eve')])
  await follow(ann, alice)
  await follow(eve, alice)
  await follow(alice, ann)
  await follow(alice, eve)
  await allowDomain(operator, { domain: friends.domain, isAllowed: true })
  await set({ federation: 'allowed' })
})
// What this process keeps of the settings outlives a test.
afterEach(() => set({ federation: 'open', webFinger: true }))

/** Changes settings, and waits until this process has heard of it. */
async function set(changes: Partial<Settings>): Promise<void> {
  const after = await changeSettings(operator, changes)
  const isHeard = async () =>
    Object.entries(await keptSettings()).every(([key, value]) =>
      isDeepStrictEqual(value, after[key as keyof Settings]),
    )
  while (!(await isHeard())) await sleep(10)
}

const asked = ({ requests }: StubFediverse) => requests.splice(0)
const posted = async (by: RemoteActor, name: string) => {
  const { status } = await takeActivity(signedPost(by, activityOf(by, 'Create', noteOf(by, name))))
  await settle()
  return { status, isHere: (await Post.count({ where: { uri: `${by.uri}/notes/${name}` } })) === 1 }
}

test('federation rule 231: nothing is taken from a domain that is not allowed', async () => {
  expect(await posted(ann, 'one')).toEqual({ status: 202, isHere: true })
  expect(await posted(eve, 'two')).toEqual({ status: 202, isHere: false })
  await set({ federation: 'open' })
  expect(await posted(eve, 'three')).toEqual({ status: 202, isHere: true })
})

test('federation rule 231: nothing is sent to a domain that is not allowed, also not what was owed before', async () => {
  await set({ federation: 'open' })
  await as(alice, createPost, { text: 'written before' })
  await settle()
  await set({ federation: 'allowed' })
  await as(alice, createPost, { text: 'written after' })
  await settle({ except: ['schedule'] })
  expect(asked(friends)).toEqual([expect.stringMatching(/^POST/), expect.stringMatching(/^POST/)])
  expect(asked(others)).toEqual([])
})

test('federation rule 231: nothing is fetched from a domain that is not allowed: object, handle, file', async () => {
  const at = (name: string) => ({ username: name, domain: others.domain })
  others.describe('fay', {})
  expect(await fetchObject(alice.ctx, others.uri('fay'))).toBeUndefined()
  expect(await findAccountByHandle(alice.ctx, at('fay'))).toBeNull()
  const { body } = await client(alice).get(`/api/v2/search?resolve=true&q=fay@${others.domain}`)
  expect(body.accounts).toEqual([])
  // Nor by way of a friend who names it.
  friends.serve('/notes/elsewhere', { ...noteOf(eve, 'real'), type: 'Note' })
  others.serve('/users/eve/notes/real', noteOf(eve, 'real'))
  expect(await fetchObject(alice.ctx, `http://${friends.domain}/notes/elsewhere`)).toBeUndefined()
  const file = { ownerId: eve.account.id, purpose: 'avatar' } as const
  await expect(fetchFile(kithItself, file, `http://${friends.domain}/1.png`, '/nowhere')).rejects.toThrow(
    'not fetched',
  )
  expect(asked(others)).toEqual([])
  await allowDomain(operator, { domain: others.domain, isAllowed: true })
  expect(await findAccountByHandle(alice.ctx, at('fay'))).toMatchObject({ username: 'fay' })
})

test('federation rule 231: documents are served to signed requests of allowed domains, the actor of the instance to all', async () => {
  const { id } = await as(alice, createPost, { text: 'hello' })
  const post = `/users/${alice.account.id}/posts/${id}`
  const unsigned = (path: string) =>
    request('GET', path, undefined, { headers: { Accept: 'application/activity+json' } })
  for (const path of [post, `/users/${alice.account.id}/outbox`])
    expect([path, (await unsigned(path)).status]).toEqual([path, 401])
  // The key and the inbox, no more (federation rule 196).
  for (const path of [`/users/${alice.account.id}`, '/@alice'])
    expect((await unsigned(path)).body).not.toHaveProperty('summary')
  for (const path of [post, `/users/${alice.account.id}`, '/@alice'])
    await expect(answerObject(signedGet(eve, path))).rejects.toThrow('not allowed')
  const reply = await answerObject(signedGet(ann, post))
  expect(reply).toMatchObject({ status: 200, headers: { 'Cache-Control': 'private, no-store' } })
  expect((await request('GET', '/actor')).status).toBe(200)
  expect((await answerObject(signedGet(eve, '/actor')))?.status).toBe(200)
  expect((await request('GET', '/@alice', undefined, { headers: { Accept: 'text/html' } })).status).toBe(200)
})

test('federation rule 231: WebFinger leads to members unless that is turned off; to the instance it always does', async () => {
  const finger = async (name: string) =>
    (await request('GET', `/.well-known/webfinger?resource=acct:${name}@${instance.domain}`)).status
  expect(await finger('alice')).toBe(200)
  await set({ webFinger: false })
  expect([await finger('alice'), await finger('nobody'), await finger(instance.domain)]).toEqual([
    404, 404, 200,
  ])
  await set({ federation: 'open' })
  expect(await finger('alice')).toBe(200)
})

test('federation rule 231: apps and people are told, and peers are those that are allowed', async () => {
  await Instance.bulkCreate([friends, others].map(({ domain }) => ({ domain })))
  const { body } = await client().get('/api/v2/instance')
  expectEntity('Instance', body)
  expect(body.configuration.limited_federation).toBe(true)
  expect((await client().get('/api/v1/instance/peers')).body).toEqual([friends.domain])
  expect((await kith('federation', 'why', eve.uri)).out).toMatch(
    /stops here.*only allowed domains are spoken with/,
  )
  expect((await kith('federation', 'host', others.domain)).out).toContain('not allowed here')
})

test('federation rule 231: only staff allows domains, and all below an allowed one are allowed', async () => {
  const bob = await member('bob')
  await expect(as(bob, allowDomain, { domain: 'a.example', isAllowed: true })).rejects.toThrow('not allowed')
  await expect(allowDomain(operator, { domain: instance.domain, isAllowed: true })).rejects.toThrow('itself')
  expect(await isBarredDomain('deep.far.example')).toBe(true)
  await allowDomain(operator, { domain: 'FAR.example', isAllowed: true })
  expect(await Promise.all(['far.example', 'deep.far.example', 'afar.example'].map(isBarredDomain))).toEqual([
    false,
    false,
    true,
  ])
  await DomainRule.create({ domain: 'deep.far.example', severity: 'suspend' })
  expect(await isBarredDomain('deep.far.example')).toBe(true)
  await allowDomain(operator, { domain: 'far.example', isAllowed: false })
  expect(await isBarredDomain('far.example')).toBe(true)
})
