import { Account } from '#core/accounts/account.model'
import { Instance } from '#core/instances/instance.model'
import { flushRefusals } from '#core/instances/record-refusal'
import { Post } from '#core/posts/post.model'
import { findAccount } from '#federation/find-account'
import { assertMayAsk, contactLimits, countFetch } from '#federation/first-contacts'
import { takeActivity } from '#federation/take-activity'
import { inSeconds, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { TooMany } from '#platform/errors'
import type { RateLimit } from '#platform/rate-limit'
import { openRedis } from '#platform/redis'
import { statusOf } from '#server/middleware/answer-errors'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { kith } from '#test/support/cli'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { type StubFediverse, startFediverse } from '#test/support/stub-actors'

let far: StubFediverse
let ann: RemoteActor
beforeAll(openRedis)
// A server of its own for each test: what a process knows of one lasts longer than that.
beforeEach(async () => {
  far = await startFediverse()
  ann = await far.actor('ann')
})
afterEach(() => shiftClock(0))
afterEach(closeListeners)

const useUp = async (limit: RateLimit, key: string) => {
  for (let used = 0; used < limit.terms.points; used += 1) await limit.use(key)
}
const may = async (host: string) => {
  try {
    await assertMayAsk(host)
    return true
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    return false
  }
}
const refusals = async (host: string): Promise<string[]> => {
  await flushRefusals()
  const { out } = await kith('federation', 'host', host, '--json')
  return (JSON.parse(out) as { refusals: { reason: string }[] }).refusals.map(({ reason }) => reason)
}
const like = (actor: RemoteActor) => signedPost(actor, activityOf(actor, 'Like', 'https://a.example/1'))

/** Somebody there who was never heard of here. */
async function somebodyNew(name: string): Promise<RemoteActor> {
  const actor = await far.actor(name)
  await actor.account.destroy()
  return actor
}

test('R-087 forty people of one new host meet it once; the eleventh new host of a domain waits', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => may('new.example.org')))
  expect(new Set(answers)).toEqual(new Set([true]))
  for (let at = 0; at < 9; at += 1) expect(await may(`n${at}.example.org`)).toBe(true)
  expect(await may('one-too-many.example.org')).toBe(false)
  expect(await may('new.example.org')).toBe(true)
  expect(await refusals('one-too-many.example.org')).toEqual(['new-hosts'])
})

test('R-087 of a domain that is new here a hundred new actors are met in an hour; who comes then is told when to come again', async () => {
  const [first, late] = [await somebodyNew('first'), await somebodyNew('late')]
  const before = await contactLimits.actors.use(far.domain)
  expect(before.limit).toBe(100)
  expect(await takeActivity(like(first))).toMatchObject({ status: 202 })
  await settle()
  expect(await Account.count({ where: { uri: first.uri } })).toBe(1)
  // Once, for the key and the actor together.
  expect(before.remaining - (await contactLimits.actors.use(far.domain)).remaining).toBe(2)
  await useUp(contactLimits.actors, far.domain)
  far.requests.length = 0
  const refused = await takeActivity(like(late)).catch((error: unknown) => error)
  expect([refused, statusOf(refused)]).toEqual([expect.any(TooMany), 429])
  expect(far.requests).toEqual([])
  expect(await takeActivity(like(ann))).toMatchObject({ status: 202 })
  expect(await refusals(far.domain)).toEqual(['new-actors'])
  await contactLimits.actors.forget(far.domain)
  contactLimits.actors.forgetShares()
  expect(await takeActivity(like(late))).toMatchObject({ status: 202 })
})

test('R-087 of a domain that is new here a thousand documents are fetched in an hour, and what else was announced in the next', async () => {
  const { alice } = await cast('alice')
  await follow(alice, ann)
  const note = noteOf(ann, 'one')
  far.serve('/users/ann/notes/one', note)
  await useUp(contactLimits.fetches, far.domain)
  await countFetch(far.domain)
  await tell(ann, activityOf(ann, 'Announce', note.id))
  expect(far.requests).toEqual([])
  const waiting = `SELECT 1 FROM owed_work WHERE kind = 'inbox' AND dead_at IS NULL AND due_at > now()`
  expect(await rows({}, waiting)).toHaveLength(1)
  expect(await refusals(far.domain)).toEqual(['new-fetches'])
  shiftClock(3_700_000)
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'inbox'`)
  await settle()
  expect(await Post.count({ where: { authorId: ann.account.id } })).toBe(2)
})

test('R-087 members are not held up by what others used up, nor is anybody by a domain that is known for thirty days', async () => {
  const { alice } = await cast('alice')
  const bob = await somebodyNew('bob')
  await useUp(contactLimits.fetches, far.domain)
  await countFetch(far.domain)
  await expect(assertMayAsk(far.domain)).rejects.toThrow(TooMany)
  expect(await findAccount(alice.ctx, bob.uri)).toMatchObject({ username: 'bob' })
  await Instance.create({ domain: 'old.test', firstContactAt: inSeconds(-31 * 86_400) })
  await Instance.create({ domain: 'young.test', firstContactAt: inSeconds(-29 * 86_400) })
  for (const domain of ['old.test', 'young.test']) await useUp(contactLimits.fetches, domain)
  await Promise.all(['deep.old.test', 'young.test'].map(countFetch))
  expect(await Promise.all(['old.test', 'deep.old.test', 'young.test'].map(may))).toEqual([true, true, false])
})
