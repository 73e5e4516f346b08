import { DomainRule } from '#core/instances/domain-rule.model'
import { editProfile } from '#core/accounts/edit-profile'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { answerObject } from '#federation/federation'
import type { RequestSnapshot } from '#federation/signatures/signature'
import { instance } from '#config/instance'
import { statusOf } from '#server/middleware/answer-errors'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { countQueries } from '#test/support/count-queries'
import { eventually } from '#test/support/kiths'
import { remoteActor, signedGet } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

let alice: Member
let actor: string
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  actor = `/users/${alice.account.id}`
})

/** Asked for by a server that signs; nobody need look at the signature. */
const asked = (path: string, host = 'remote.example'): RequestSnapshot => ({
  method: 'GET',
  url: instance.origin + path,
  headers: { accept: 'application/activity+json', signature: `keyId="https://${host}/actor#main-key"` },
  rawBody: Buffer.alloc(0),
  now: new Date(),
})
const get = (path: string, host?: string) =>
  answerObject(asked(path, host), { mustBeSigned: false }).then(
    (reply) => ({ status: reply?.status, body: reply?.body ?? '' }),
    (error: unknown) => ({ status: statusOf(error), body: '' }),
  )
const herd = async (paths: string[], many: number) => {
  for (let at = 0; at < many; at += 1) await Promise.all(paths.map((path) => get(path, `h${at}.example`)))
}

test('R-060: a herd of a hundred hosts costs as many queries as one of ten, for each of the things that it asks for', async () => {
  const { id } = await as(alice, createPost, { text: 'look at this' })
  const paths = [
    actor,
    ...['', '/replies', '/replies/page/0', '/likes', '/shares'].map((part) => `${actor}/posts/${id}${part}`),
  ]
  // Told of a change, it begins anew.
  const cost = async (many: number, displayName: string) => {
    await settle()
    await editProfile(alice.ctx, { displayName })
    await settle()
    return countQueries(() => herd(paths, many))
  }
  const [few, many] = [await cost(10, 'One'), await cost(100, 'Two')]
  expect(few).toBeGreaterThan(0)
  expect(many).toBeLessThanOrEqual(few + 2)
})

test('R-060: what is made anew for a herd costs no look at who is barred', async () => {
  // What is not there is kept for nobody: it is made for each who asks.
  const path = `${actor}/posts/1`
  const cost = () => countQueries(() => get(path))
  await get(actor)
  const alone = await cost()
  await herd([path], 5)
  // Who is barred is read every ten seconds, and that may be now.
  expect(Math.min(await cost(), await cost())).toBe(alone - 1)
})

test('R-060: a herd sees at once what the author changes, and what is gone', async () => {
  const { id } = await as(alice, createPost, { text: 'first words' })
  const path = `${actor}/posts/${id}`
  await herd([path, actor], 20)
  expect((await get(path)).body).toContain('first words')
  await as(alice, editPost, { postId: id, text: 'second words' })
  await editProfile(alice.ctx, { displayName: 'Alice the Second' })
  await settle()
  expect((await get(path)).body).toContain('second words')
  expect((await get(actor)).body).toContain('Alice the Second')
  await herd([path], 20)
  await as(alice, deletePost, { postId: id })
  await settle()
  expect((await get(path)).status).toBe(410)
})

test('R-060: what is not for everybody is kept for nobody', async () => {
  const ann = await remoteActor('ann')
  await follow(ann, alice)
  const { id } = await post(alice, { visibility: 'private' })
  const path = `${actor}/posts/${id}`
  for (let at = 0; at < 10; at += 1) {
    expect((await answerObject(signedGet(ann, path)))?.status).toBe(200)
    expect((await get(path)).status).toBe(404)
  }
})

test('R-060, federation rule 197: nobody of a barred domain gets anything, in a herd neither, ten seconds after it was barred', async () => {
  await DomainRule.create({ domain: 'evil.example', severity: 'suspend' })
  await eventually(async () => {
    await herd([actor], 10)
    return (await get(actor, 'sub.evil.example')).status === 403
  }, 20_000)
  expect((await get(actor, 'good.example')).status).toBe(200)
})
