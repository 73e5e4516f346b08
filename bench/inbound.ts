import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '#platform/migrate'
import { rows } from '#platform/db'
import { type Signed, type StubServer, startStub } from '#test/support/stub-server'
import { cpuSeconds } from './support/cpu.ts'
import type { Measure } from './support/measure.ts'
import { startChild, startWeb } from './support/process.ts'

const ACTIVITIES = Number(process.env.KITH_BENCH_ACTIVITIES ?? 2000)
const AUTHORS = 20
const WIDTH = 24

type Json = Record<string, unknown>

const context = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  {
    ostatus: 'http://ostatus.org#',
    atomUri: 'ostatus:atomUri',
    inReplyToAtomUri: 'ostatus:inReplyToAtomUri',
    conversation: 'ostatus:conversation',
    sensitive: 'as:sensitive',
    toot: 'http://joinmastodon.org/ns#',
    votersCount: 'toot:votersCount',
    Hashtag: 'as:Hashtag',
  },
]

/** A public post as Mastodon sends it; each fourth names `person`. */
function create(stub: StubServer, name: string, at: number, person: string): Json {
  const id = `note${at}`
  const uri = `${stub.actor(name)}/notes/${id}`
  const html =
    `<p>Post ${at}: the weather is fine, the train is late, and I have things to say about both of them. ` +
    `<a href="${stub.origin}/tags/weather" class="mention hashtag" rel="tag">#<span>weather</span></a></p>`
  const isForUs = at % 4 === 0
  const note = stub.note(name, id, {
    summary: null,
    inReplyTo: null,
    url: `${stub.origin}/@${name}/${id}`,
    sensitive: false,
    atomUri: uri,
    inReplyToAtomUri: null,
    conversation: `tag:${stub.domain},2026-11-21:objectId=${at}:objectType=Conversation`,
    content: html,
    contentMap: { en: html },
    attachment: [],
    tag: [
      { type: 'Hashtag', href: `${stub.origin}/tags/weather`, name: '#weather' },
      ...(isForUs ? [{ type: 'Mention', href: person, name: '@alice' }] : []),
    ],
    cc: [`${stub.actor(name)}/followers`, ...(isForUs ? [person] : [])],
    replies: {
      id: `${uri}/replies`,
      type: 'Collection',
      first: {
        type: 'CollectionPage',
        next: `${uri}/replies?page=true`,
        partOf: `${uri}/replies`,
        items: [],
      },
    },
  })
  return stub.activity(name, 'Create', note, { '@context': context, cc: note.cc })
}

/** Sends what is signed already, so many at a time. Throws for what is not accepted. */
async function send(all: readonly Signed[]): Promise<void> {
  const left = [...all].reverse()
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) {
      const { url, ...rest } = next
      const answer = await fetch(url, { method: 'POST', ...rest })
      if (answer.status !== 202) throw new Error(`refused: ${answer.status} ${await answer.text()}`)
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
}

const owed = `SELECT count(*)::int AS count FROM owed_work WHERE kind <> 'schedule'`

async function settled(): Promise<void> {
  while (((await rows<{ count: number }>({}, owed))[0]?.count ?? 0) > 0) await sleep(50)
}

/** How many of `count` are done for each second of CPU that the process takes while `work` runs. */
async function each(pid: number, count: number, work: () => Promise<void>): Promise<number> {
  const before = cpuSeconds(pid)
  await work()
  return count / (cpuSeconds(pid) - before)
}

/** Members here, each of whom follows all authors elsewhere; gives the ActivityPub id of the first. */
async function befriend(stub: StubServer, names: readonly string[]): Promise<void> {
  await rows(
    {},
    `INSERT INTO follows (follower_id, followed_id, state)
     SELECT u.account_id, a.id, 'accepted' FROM users AS u, accounts AS a WHERE a.uri = ANY ($1)`,
    [names.map((name) => stub.actor(name))],
  )
}

/**
 * Posts that come in as Mastodon sends them, with good signatures, from authors whom members follow, for each second of CPU of
 * the one Node process: with everything that follows (rows, homes, notifications, streams, search), and up to the listener
 * alone, beside a plain Fedify that does the same with everything in memory.
 */
export async function measure(): Promise<Measure[]> {
  await migrate()
  const kith = await startWeb({ KITH_ROLE: 'all', KITH_RATE_FACTOR: '1000' })
  const stub = await startStub()
  const plain = await startChild('fedify-server.ts')
  try {
    for (const name of ['bob', 'carol', 'dan']) await kith.member(name)
    const alice = await kith.member('alice')
    const person = (await alice.get<{ uri: string }>('/api/v1/accounts/verify_credentials')).uri
    const names = Array.from({ length: AUTHORS }, (_, at) => `author${at}`)
    for (const name of names) await alice.find(`${name}@${stub.domain}`)
    await befriend(stub, names)
    let count = 0
    const batch = (to: string, many: number, make = create): Signed[] =>
      Array.from({ length: many }, () => {
        count += 1
        return stub.sign(to, make(stub, names[count % AUTHORS]!, count, person))
      })
    const view = (stub: StubServer, name: string, at: number): Json =>
      stub.activity(name, 'View', create(stub, name, at, person).object)
    const both = async (all: Signed[]): Promise<void> => {
      await send(all)
      await settled()
    }
    await both(batch(kith.url, 400))
    await send(batch(plain.url, 200))
    const applied = await each(kith.pid!, ACTIVITIES, () => both(batch(kith.url, ACTIVITIES)))
    const heard = await each(kith.pid!, ACTIVITIES, () => both(batch(kith.url, ACTIVITIES, view)))
    const fedify = await each(plain.child.pid!, ACTIVITIES, () => send(batch(plain.url, ACTIVITIES)))
    return [
      {
        what: 'posts taken in with all that follows, for each CPU-second',
        value: applied,
        unit: '/s',
        atLeast: 200,
      },
      { what: 'activities up to the listener, for each CPU-second', value: heard, unit: '/s', atLeast: 600 },
      { what: 'plain Fedify up to the listener, for each CPU-second', value: fedify, unit: '/s' },
      { what: 'Kith up to the listener to plain Fedify', value: heard / fedify, unit: '×' },
      {
        what: 'Kith with all that follows to plain Fedify up to the listener',
        value: applied / fedify,
        unit: '×',
      },
    ]
  } finally {
    plain.child.kill()
    await kith.end()
    await stub.stop()
  }
}
