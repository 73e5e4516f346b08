import { setTimeout as sleep } from 'node:timers/promises'
import { eventually, type KithMember } from '#test/support/kiths'
import { type Rig, startRig } from '#test/support/rig'

let rig: Rig
let alice: KithMember
let person: string

beforeAll(async () => {
  // Hundreds of people who were never heard before come from one host at once.
  rig = await startRig(0, { KITH_RATE_FACTOR: '1000' })
  alice = await rig.web.member('alice')
  const [{ id } = { id: '' }] = await rig.ask<{ id: string }>(
    `SELECT id FROM accounts WHERE username = 'alice' AND domain IS NULL`,
  )
  person = `${rig.web.url}/users/${id}`
}, 60_000)
afterAll(() => rig.remove(), 30_000)

const open = async (): Promise<number> =>
  (
    await rig.ask<{ open: number }>(
      `SELECT count(*)::int AS open FROM owed_work WHERE kind <> 'schedule' AND dead_at IS NULL`,
    )
  )[0]?.open ?? -1
/** Waits until all work is done; a row that a killed process held is taken by another one after its lease of 30 s. */
const settled = (within = 90_000) => eventually(async () => (await open()) === 0, within)
const count = async (sql: string): Promise<number> =>
  (await rig.ask<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`))[0]?.count ?? -1
const names = (prefix: string, many: number) => Array.from({ length: many }, (_, at) => `${prefix}${at}`)
const publish = (text: string) =>
  fetch(`${rig.web.url}/api/v1/statuses`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${alice.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status: text }),
  })
const written = async (texts: string[]): Promise<string[]> =>
  (await rig.ask<{ text: string }>('SELECT text FROM posts WHERE text = ANY ($1)', [texts])).map(
    ({ text }) => text,
  )

test('R-006: while PostgreSQL is down an inbox answers 503 with Retry-After, and nothing is lost', async () => {
  const follows = names('pg', 30).map((name) => rig.stub.activity(name, 'Follow', person))
  await rig.services.end('postgres', 'SIGQUIT')
  for (const follow of follows.slice(0, 10)) {
    const answer = await rig.stub.post(rig.web.url, follow)
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const api = await publish('never')
  expect([api.status, Number(api.headers.get('retry-after')) > 0]).toEqual([503, true])
  expect((await fetch(`${rig.web.url}/health`)).status).toBe(200)
  expect((await fetch(`${rig.web.url}/health/ready`)).status).toBe(503)
  const told = Promise.all(follows.map((follow) => rig.stub.tell(rig.web.url, follow)))
  await rig.services.mend('postgres')
  await told
  await settled()
  expect(await count(`follows WHERE state = 'accepted'`)).toBe(30)
  expect(new Set(rig.stub.arrivals.filter(({ type }) => type === 'Accept').map(({ id }) => id)).size).toBe(30)
  expect(await written(['never'])).toEqual([])
}, 150_000)

test('R-006: while PostgreSQL restarts under load every answer is an acceptance that holds, or 503', async () => {
  const follows = names('restart', 200).map((name) => rig.stub.activity(name, 'Follow', person))
  const statuses = new Set<number>()
  const accepted = new Set<unknown>()
  const sending = Promise.all(
    follows.map(async (follow, at) => {
      await sleep(at * 15)
      const { status } = await rig.stub.post(rig.web.url, follow)
      statuses.add(status)
      if (status === 202) accepted.add(follow.actor)
    }),
  )
  await sleep(1000)
  await rig.services.end('postgres', 'SIGINT')
  await eventually(async () => statuses.has(503), 30_000)
  await rig.services.mend('postgres')
  await sending
  expect([...statuses].sort()).toEqual([202, 503])
  await settled()
  const followers = await rig.ask<{ uri: string }>(
    `SELECT a.uri FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id WHERE a.username LIKE 'restart%'`,
  )
  // What was done and not answered any more is harmless: its sender comes again, and it is a copy.
  expect(followers.map(({ uri }) => uri)).toEqual(expect.arrayContaining([...accepted]))
}, 150_000)

test('R-110: SIGTERM under load ends Kith in time with exit code 0, and what it accepted is done by the next one', async () => {
  const follows = names('term', 200).map((name) => rig.stub.activity(name, 'Follow', person))
  const accepted = new Set<unknown>()
  const sending = Promise.all(
    follows.map(async (follow, at) => {
      await sleep(at * 10)
      const answer = await rig.stub.post(rig.web.url, follow).catch(() => undefined)
      if (answer?.ok) accepted.add(follow.actor)
    }),
  )
  await sleep(900)
  const began = Date.now()
  expect(await rig.web.end('SIGTERM')).toBe(0)
  expect(Date.now() - began).toBeLessThan(10_000)
  await sending
  expect(accepted.size).toBeGreaterThan(5)
  await rig.web.start()
  await settled()
  const followers = await rig.ask<{ uri: string }>(
    `SELECT a.uri FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id WHERE a.username LIKE 'term%'`,
  )
  expect(followers.map(({ uri }) => uri)).toEqual(expect.arrayContaining([...accepted]))
}, 150_000)
