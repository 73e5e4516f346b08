import { editProfile } from '#core/accounts/edit-profile'
import { endAccount } from '#core/accounts/end-account'
import { instance } from '#config/instance'
import { forgetReplies } from '#federation/herd-replies'
import { now } from '#platform/clock'
import { as, cast, type Member } from '#test/factories/account'
import { upload } from '#test/factories/medium'
import { request } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'

let alice: Member
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
})

// As if nobody had asked lately: a herd gets what is some seconds old.
const actor = async () => {
  await forgetReplies(alice.ctx, { accountId: alice.account.id })
  return request('GET', `/users/${alice.account.id}`, undefined, {
    headers: { Accept: 'application/activity+json' },
  })
}
const finger = (name = 'alice') =>
  request('GET', `/.well-known/webfinger?resource=acct:${name}@${instance.domain}`)

test('an actor document and what WebFinger says are made once, and asked for again with one query', async () => {
  for (const ask of [actor, finger]) {
    await ask()
    const first = await ask()
    expect(first.status).toBe(200)
    expect(
      await countQueries(async () => expect(await ask()).toMatchObject({ status: 200, body: first.body })),
    ).toBe(1)
  }
})

test('what an actor document is made of shows in it at once', async () => {
  const before = (await actor()).body
  await as(alice, editProfile, { displayName: 'Alice in Chains' })
  expect((await actor()).body).toMatchObject({
    ...before,
    name: 'Alice in Chains',
    updated: expect.anything(),
  })
  const picture = await upload(alice, { fileKey: 'files/a/b.jpg', state: 'processing' } as never)
  await alice.account.update({ avatarId: picture.id })
  const processing = (await actor()).body
  await picture.update({ state: 'ready', fileKey: 'files/a/c.jpg' } as never)
  expect((await actor()).body.icon).not.toEqual(processing.icon)
})

test.each(['suspendedAt', 'goneAt'])('whoever is away by %s is so at once', async (column) => {
  expect((await actor()).status).toBe(200)
  expect((await finger()).status).toBe(200)
  await alice.account.update({ [column]: now() })
  expect((await actor()).status).toBe(410)
  expect((await finger()).status).not.toBe(200)
})

test('whoever ends and whose name has other letters of both cases get no answer of before', async () => {
  expect((await finger('ALICE')).status).toBe(200)
  await endAccount(alice.ctx, { accountId: alice.account.id })
  expect((await finger('ALICE')).status).toBe(410)
  expect((await finger('Alice')).status).toBe(410)
})

test('ids and names that cannot be are no more than unknown', async () => {
  const get = (path: string) =>
    request('GET', path, undefined, { headers: { Accept: 'application/activity+json' } })
  for (const id of ['9'.repeat(19), '9'.repeat(400), '0', '01'])
    expect((await get(`/users/${id}`)).status).toBe(404)
  expect((await finger('x'.repeat(300))).status).toBe(404)
})
