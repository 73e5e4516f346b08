import { verifyJsonLd } from '@fedify/fedify'
import { changeSettings } from '#core/instances/change-settings'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { react } from '#core/reactions/react'
import { loadContext } from '#federation/contexts'
import { documentAt } from '#federation/documents'
import type { Json } from '#federation/properties'
import { signActivity } from '#federation/sign-activity'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { settle } from '#test/support/settle'

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  await follow(await stranger('fay', 'fay.example'), alice)
})

/** What went out since the last look. */
async function sent(): Promise<Json[]> {
  await settle()
  const found = await rows<{ body: string }>({}, 'SELECT body FROM outgoing_activities ORDER BY id')
  await rows({}, 'DELETE FROM outgoing_activities')
  return found.map(({ body }) => JSON.parse(body) as Json)
}

const here = async (url: string) => {
  const served = await documentAt(new URL(url).pathname, async () => undefined)
  return { contextUrl: null, documentUrl: url, document: served!.body }
}
const verifies = (activity: Json): Promise<boolean> =>
  verifyJsonLd(activity, { contextLoader: loadContext, documentLoader: here })

test('signatures-15, federation rule 203: what everybody may see goes out with an LD signature of its sender that verifies', async () => {
  const { id } = await as(alice, createPost, { text: 'hello #tea', spoilerText: 'tea', language: 'en' })
  await as(alice, createPost, { text: 'hello', visibility: 'unlisted' })
  const [create, unlisted] = await sent()
  await as(alice, deletePost, { postId: id })
  const [end] = await sent()
  expect([create!.type, unlisted!.type, end!.type]).toEqual(['Create', 'Create', 'Delete'])
  for (const each of [create!, unlisted!, end!]) {
    expect(each.signature).toMatchObject({
      type: 'RsaSignature2017',
      creator: `${String(each.actor)}#main-key`,
    })
    expect(await verifies(each)).toBe(true)
  }
  const forged = { ...create, object: { ...(create!.object as Json), content: '<p>forged</p>' } }
  expect(await verifies(forged)).toBe(false)
})

test('dms-06, federation rule 136: nothing that is not for everybody goes out with a signature that could be passed on', async () => {
  const ann = await stranger('ann', 'ann.example')
  const note = await post(ann, { uri: 'https://ann.example/notes/1' })
  await as(alice, createPost, { text: 'for followers', visibility: 'private' })
  await as(alice, createPost, { text: 'psst @ann@ann.example', visibility: 'direct' })
  await as(alice, react, { postId: note.id })
  const all = await sent()
  expect(all.map(({ type }) => String(type)).toSorted()).toEqual(['Create', 'Create', 'Like'])
  for (const each of all) expect(each.signature).toBeUndefined()
})

test('signatures-15: where documents are for whoever signs, only the end of a post has one', async () => {
  const { id } = await as(alice, createPost, { text: 'hello' })
  const [create] = await sent()
  const { signature: _, ...bare } = create!
  const signed = await signActivity(bare, alice.account.id, { mustBeSigned: true })
  expect(signed.signature).toBeUndefined()
  await changeSettings({ ...alice.ctx, actor: { kind: 'operator' } }, { federation: 'allowed' })
  expect((await signActivity(bare, alice.account.id)).signature).toBeUndefined()
  await changeSettings({ ...alice.ctx, actor: { kind: 'operator' } }, { federation: 'open' })
  await as(alice, deletePost, { postId: id })
  const [end] = await sent()
  const { signature: __, ...tombstone } = end!
  const told = await signActivity(tombstone, alice.account.id, { mustBeSigned: true })
  expect(told.signature).toBeDefined()
})
