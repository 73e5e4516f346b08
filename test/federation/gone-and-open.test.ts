import { instance } from '#config/instance'
import { Account } from '#core/accounts/account.model'
import { DomainRule } from '#core/instances/domain-rule.model'
import { Post } from '#core/posts/post.model'
import { accountUri } from '#core/addresses'
import { answerObject } from '#federation/federation'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { post } from '#test/factories/post'
import { activityOf, type RemoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let stub: StubServer
beforeAll(async () => (stub = await startStub()))
afterAll(() => stub.stop())
beforeEach(() => (stub.refusal = undefined))

/** Somebody who is known here, but not their key. */
async function keyless(name: string): Promise<RemoteActor> {
  const actor = await stubActor(stub, name)
  await actor.account.update({ publicKeyId: null, publicKeyPem: null })
  return actor
}
const goneAt = async ({ account }: RemoteActor) => (await Account.findByPk(account.id))?.goneAt ?? null
const end = async (actor: RemoteActor, object: unknown = actor.uri, signer = actor) => {
  const receipt = await takeActivity(signedPost(signer, activityOf(actor, 'Delete', object)))
  expect(await rows({}, 'SELECT uri FROM received_activities')).toEqual([])
  await settle()
  return receipt
}

describe('federation rule 20: a Delete of somebody whose key cannot be had', () => {
  test('leaves nothing, and no mark of an end while their id is only missing', async () => {
    const ann = await keyless('missing')
    stub.refusal = 404
    expect(await end(ann)).toMatchObject({ status: 401 })
    expect(await goneAt(ann)).toBeNull()
  })

  test('ends them when their own id answered 410', async () => {
    const ann = await keyless('gone')
    stub.refusal = 410
    expect(await end(ann)).toMatchObject({ status: 202 })
    expect(await goneAt(ann)).not.toBeNull()
  })

  test('ends nobody and nothing else', async () => {
    const [ann, bea] = [await keyless('left'), await keyless('there')]
    const note = `${ann.uri}/notes/1`
    await post(ann.account, { uri: note })
    stub.refusal = 410
    expect(await end(ann, note)).toMatchObject({ status: 401 })
    expect(await end(bea, bea.uri, ann)).toMatchObject({ status: 401 })
    expect(await end(ann, bea.uri)).toMatchObject({ status: 401 })
    expect([await goneAt(ann), await goneAt(bea), await Post.count()]).toEqual([null, null, 1])
  })
})

test('federation rule 20: what somebody else passes on ends an account only after 410 from its own id', async () => {
  const [ann, bea] = await Promise.all([stubActor(stub, 'absent'), stubActor(stub, 'ended')])
  const mal = await stubActor(stub, 'carrier')
  const tell = async (actor: RemoteActor) => {
    await takeActivity(signedPost(mal, activityOf(actor, 'Delete', actor.uri)))
    await settle()
    return goneAt(actor)
  }
  stub.refusal = 404
  expect(await tell(ann)).toBeNull()
  stub.refusal = 410
  expect(await tell(bea)).not.toBeNull()
})

test('federation rule 29: the instance actor and its key are given to everybody, however they ask', async () => {
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const ask = (path: string, headers: Record<string, string>) =>
    answerObject({
      method: 'GET',
      url: instance.origin + path,
      headers: { accept: 'application/activity+json', ...headers },
      rawBody: Buffer.alloc(0),
      now: new Date(),
    })
  const signature = 'keyId="https://bad.example/actor#main-key",headers="date",signature="eA=="'
  for (const headers of [{}, { signature }, { signature: 'nonsense' }]) {
    const reply = await ask('/actor', headers as Record<string, string>)
    const id = `${instance.origin}/actor`
    expect(reply).toMatchObject({ status: 200 })
    expect(JSON.parse(reply?.body ?? '{}')).toMatchObject({
      id,
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: expect.stringContaining('PUBLIC KEY') },
    })
  }
  const somebody = await Account.create({ username: 'bea' })
  const path = new URL(accountUri(somebody)).pathname
  await expect(ask(path, { signature })).rejects.toMatchObject({ name: 'Forbidden' })
})
