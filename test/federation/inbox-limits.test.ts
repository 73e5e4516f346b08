import { inboxLimits } from '#federation/inbox-limits'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { TooMany } from '#platform/errors'
import type { RateLimit } from '#platform/rate-limit'
import { openRedis } from '#platform/redis'
import { closeListeners } from '#test/support/listener'
import { statusOf } from '#server/middleware/answer-errors'
import { activityOf, noteOf, type RemoteActor, remoteActor, signedPost } from '#test/support/remote-actor'
import { startFediverse } from '#test/support/stub-actors'
import { withoutRedis } from '#test/support/without-redis'

let ann: RemoteActor
let eve: RemoteActor
// As every process does when it starts.
beforeAll(openRedis)
afterAll(closeListeners)
beforeEach(async () => {
  ann = await remoteActor('ann')
  eve = await remoteActor('eve', 'eve.example')
})

const useUp = async (limit: RateLimit, host: string) => {
  for (let used = 0; used < limit.terms.points; used += 1) await limit.use(host)
}
const like = (actor: RemoteActor) => signedPost(actor, activityOf(actor, 'Like', 'https://a.example/1'))
const create = (actor: RemoteActor) => signedPost(actor, activityOf(actor, 'Create', noteOf(actor, 'one')))
const owed = async () =>
  (await rows<{ kind: string }>({}, `SELECT kind FROM owed_work WHERE kind = 'inbox'`)).length

describe('federation rule 49: a host that sends too much', () => {
  test('is told when to come again, and nothing of it is kept; others are heard', async () => {
    await useUp(inboxLimits.requests, 'remote.example')
    const receipt = await takeActivity(like(ann))
    expect(receipt).toMatchObject({ status: 429, why: 'too-many' })
    const pause = Number(receipt.headers?.['Retry-After'])
    expect(pause).toBeGreaterThan(0)
    expect(pause).toBeLessThanOrEqual(300)
    expect(await owed()).toBe(0)
    expect(await takeActivity(like(eve))).toMatchObject({ status: 202 })
  })

  test('brings nothing new for a while, and may say everything else', async () => {
    await useUp(inboxLimits.objects, 'remote.example')
    expect(await takeActivity(create(ann))).toMatchObject({ status: 429 })
    expect(await takeActivity(like(ann))).toMatchObject({ status: 202 })
    expect(await takeActivity(create(eve))).toMatchObject({ status: 202 })
  })

  test('is whoever passes something on, not whose it is', async () => {
    await useUp(inboxLimits.requests, 'remote.example')
    const forwarded = activityOf(eve, 'Create', noteOf(eve, 'one'))
    expect(await takeActivity(signedPost({ ...ann }, forwarded))).toMatchObject({ status: 429 })
    expect(await takeActivity(signedPost(eve, forwarded))).toMatchObject({ status: 202 })
  })

  test('cannot be brought about by who only says to be of it', async () => {
    const before = await inboxLimits.requests.use('remote.example')
    for (let tries = 0; tries < 5; tries += 1) {
      const forged = { ...ann, privateKey: eve.privateKey }
      expect((await takeActivity(like(forged))).status).not.toBe(202)
    }
    const after = await inboxLimits.requests.use('remote.example')
    expect(before.remaining - after.remaining).toBe(1)
  })

  test('in whose name ever new keys are made up is asked for no more of them, and known keys are as good as before', async () => {
    const far = await startFediverse()
    const [old, fresh] = [await far.actor('old'), await far.actor('fresh')]
    await fresh.account.update({ publicKeyId: null, publicKeyPem: null })
    await useUp(inboxLimits.keys, far.domain)
    const refused = await takeActivity(like(fresh)).catch((error: unknown) => error)
    expect([refused, statusOf(refused)]).toEqual([expect.any(TooMany), 429])
    expect(far.requests).toEqual([])
    expect(await takeActivity(like(old))).toMatchObject({ status: 202 })
  })

  test('R-130: is counted by this process alone while Redis is away', async () => {
    expect(await withoutRedis(() => takeActivity(like(ann)))).toMatchObject({ status: 202 })
    await withoutRedis(() => useUp(inboxLimits.requests, 'eve.example'))
    expect(await takeActivity(like(eve))).toMatchObject({ status: 429 })
  })

  test('is one that nobody healthy is: sixty thousand requests in five minutes', () => {
    expect(inboxLimits.requests.terms).toEqual({ points: 60_000, seconds: 300 })
    expect(inboxLimits.objects.terms).toEqual({ points: 15_000, seconds: 300 })
  })
})
