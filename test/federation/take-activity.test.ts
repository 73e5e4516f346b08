import { DomainRule } from '#core/instances/domain-rule.model'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { freePort } from '#test/support/kiths'
import { activityOf, noteOf, remoteActor, signedPost } from '#test/support/remote-actor'

const owed = async () =>
  (await rows<{ kind: string }>({}, `SELECT kind FROM owed_work WHERE kind = 'inbox'`)).length

test('federation rule 33: an activity that was signed by its actor is stored before it is answered 202', async () => {
  const ann = await remoteActor('ann')
  expect(await takeActivity(signedPost(ann, activityOf(ann, 'Create', noteOf(ann, 'one'))))).toEqual({
    status: 202,
    why: 'new',
  })
  expect(await owed()).toBe(1)
})

test('federation rule 42: the same activity again is answered 202 and has no second effect', async () => {
  const ann = await remoteActor('ann')
  const activity = activityOf(ann, 'Create', noteOf(ann, 'one'))
  const receipts = await Promise.all(
    Array.from({ length: 20 }, () => takeActivity(signedPost(ann, activity))),
  )
  expect(receipts.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202))
  expect(await owed()).toBe(1)
})

describe('refused, and nothing is stored', () => {
  afterEach(async () => {
    expect(await owed()).toBe(0)
    expect(await rows({}, 'SELECT uri FROM received_activities')).toEqual([])
  })

  test('federation rule 1: without a signature', async () => {
    const ann = await remoteActor('ann')
    const request = signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1'))
    const { signature: _, ...headers } = request.headers as Record<string, string>
    expect(await takeActivity({ ...request, headers })).toMatchObject({
      status: 401,
      why: 'signature-missing',
    })
  })

  test('R-006: but whoever has a key that cannot be had at the moment is told to come again', async () => {
    const uri = `http://localhost:${await freePort()}/users/away`
    const ann = { ...(await remoteActor('ann')), uri, keyId: `${uri}#main-key` }
    const receipt = await takeActivity(signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1')))
    expect(receipt).toEqual({
      status: 503,
      why: 'signature-unreachable',
      headers: { 'Retry-After': '300' },
    })
  })

  test('federation rule 2: with a body that differs by one byte', async () => {
    const ann = await remoteActor('ann')
    const request = signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1'))
    const rawBody = Buffer.from(request.rawBody.toString().replace('a.example', 'b.example'))
    expect(await takeActivity({ ...request, rawBody })).toMatchObject({ status: 401 })
  })

  test('federation rule 16: signed by somebody else', async () => {
    const [ann, mal] = await Promise.all([remoteActor('ann'), remoteActor('mal', 'evil.example')])
    expect(await takeActivity(signedPost(mal, activityOf(ann, 'Like', 'https://a.example/1')))).toMatchObject(
      { status: 401 },
    )
  })

  test('federation rule 40: with an id of another host', async () => {
    const ann = await remoteActor('ann')
    const activity = activityOf(ann, 'Like', 'https://a.example/1', { id: 'https://victim.example/likes/1' })
    expect(await takeActivity(signedPost(ann, activity))).toMatchObject({ status: 403, why: 'foreign-id' })
  })

  test('federation rule 86: in the name of a member of ours', async () => {
    const ann = await remoteActor('ann')
    const actor = 'http://localhost:3000/users/1'
    const activity = activityOf(ann, 'Like', 'https://a.example/1', { actor, id: `${actor}/likes/1` })
    expect(await takeActivity(signedPost(ann, activity))).toMatchObject({ status: 403, why: 'ours' })
  })

  test.each(['not json', '[]', '{"type":"Like"}', '{"actor":"https://remote.example/users/ann"}', '"text"'])(
    'federation rule 34: malformed, as %s',
    async (body) => {
      const ann = await remoteActor('ann')
      expect(await takeActivity(signedPost(ann, body))).toMatchObject({ status: 400 })
    },
  )

  test('federation rule 36: nested too deep', async () => {
    const ann = await remoteActor('ann')
    const deep = `{"type":"Like","actor":"${ann.uri}","object":${'['.repeat(100)}${']'.repeat(100)}}`
    expect(await takeActivity(signedPost(ann, deep))).toMatchObject({ status: 400 })
  })

  test('federation rule 38: of another media type', async () => {
    const ann = await remoteActor('ann')
    const request = signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1'))
    expect(
      await takeActivity({ ...request, headers: { ...request.headers, 'content-type': 'text/html' } }),
    ).toMatchObject({ status: 415 })
  })

  test('federation rules 48, 228: from a suspended domain and its subdomains, answered as if it were taken', async () => {
    const ann = await remoteActor('ann', 'deep.below.bad.example')
    await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
    expect(await takeActivity(signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1')))).toEqual({
      status: 202,
      why: 'blocked',
    })
  })

  test('federation rule 21: the end of an account that was never here costs no fetch', async () => {
    const ann = await remoteActor('ann')
    const uri = 'https://other.example/users/gone'
    const activity = { id: `${uri}#delete`, type: 'Delete', actor: uri, object: uri }
    expect(await takeActivity(signedPost(ann, activity))).toEqual({ status: 202, why: 'unknown-end' })
  })
})

test('R-026: what was refused leaves no mark, and is taken when it comes in order', async () => {
  const [ann, mal] = await Promise.all([remoteActor('ann'), remoteActor('mal', 'evil.example')])
  const activity = activityOf(ann, 'Like', 'https://a.example/1')
  expect((await takeActivity(signedPost(mal, activity))).status).toBe(401)
  expect(await takeActivity(signedPost(ann, activity))).toEqual({ status: 202, why: 'new' })
})
