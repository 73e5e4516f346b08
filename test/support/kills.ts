import { request } from 'node:http'
import { eventually, KithMember, type KithProcess } from './kiths.ts'
import { type Rig, startRig } from './rig.ts'
import { settleAll } from './wave.ts'

/** How often a process is killed, and how many processes stand by meanwhile. */
export type Killing = { kills: number; standby: number }

/** What came of it: of the posts that were answered, how many lack what; and what was there more than once. */
export type KillVerdict = {
  /** Kills within a millisecond of the answer, and those that came later because this process had to wait for a core. */
  prompt: number
  late: number
  missing: { posts: number; entries: number; deliveries: number; indexed: number; notifications: number }
  repeated: { deliveries: number; notifications: number }
  dead: number
}

type Scene = { rig: Rig; alice: KithMember; bob: KithMember; posts: Map<string, string>; late: number }

/** As many as a home holds for certain. */
const BATCH = 500

/** a web process answers a post and is killed that very moment, again and again. */
export async function runKills({ kills, standby }: Killing): Promise<KillVerdict> {
  const rig = await startRig(1, { KITH_RATE_FACTOR: '1000' })
  try {
    const scene = await setScene(rig)
    const missing = { posts: 0, entries: 0, deliveries: 0, indexed: 0, notifications: 0 }
    while (promptOf(scene) < kills) {
      const before = scene.posts.size
      await killMany(scene, Math.min(BATCH, kills - promptOf(scene)), standby)
      const ids = [...scene.posts.values()].slice(before)
      await settleAll(rig)
      for (const [what, many] of Object.entries(await lacking(scene, ids)))
        missing[what as keyof typeof missing] += many
    }
    return { prompt: promptOf(scene), late: scene.late, missing, ...(await excess(scene)) }
  } finally {
    await rig.remove()
  }
}

const promptOf = ({ posts, late }: Scene): number => posts.size - late

async function setScene(rig: Rig): Promise<Scene> {
  const [alice, bob] = [await rig.web.member('alice'), await rig.web.member('bob')]
  const { id } = await alice.get<{ id: string }>('/api/v1/accounts/verify_credentials')
  await bob.post(`/api/v1/accounts/${id}/follow`)
  await rig.stub.tell(rig.web.url, rig.stub.activity('reader', 'Follow', `${rig.web.url}/users/${id}`))
  await eventually(async () => rig.stub.arrivals.some(({ type }) => type === 'Accept'))
  await bob.get('/api/v1/timelines/home')
  return { rig, alice, bob, posts: new Map(), late: 0 }
}

/** Each of those that stand by is started, answers one post and is killed, then started anew. */
async function killMany(scene: Scene, kills: number, standby: number): Promise<void> {
  let left = kills
  const one = async (): Promise<void> => {
    const web = await scene.rig.beside('web', { KITH_DATABASE_POOL: '3' })
    while (left > 0) {
      left -= 1
      await web.start()
      await postAndKill(scene, web)
    }
  }
  await Promise.all(Array.from({ length: standby }, one))
}

async function postAndKill(scene: Scene, web: KithProcess): Promise<void> {
  const text = `words ${crypto.randomUUID()}`
  const gone = Promise.withResolvers<number>()
  const asked = request(`${web.url}/api/v1/statuses`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${scene.alice.token}`, 'Content-Type': 'application/json' },
  })
  asked.on('error', gone.reject)
  asked.on('response', (answer) => {
    const answered = performance.now()
    web.signal('SIGKILL')
    if (performance.now() - answered > 1) scene.late += 1
    answer.on('error', () => undefined).resume()
    gone.resolve(answer.statusCode ?? 0)
  })
  asked.end(JSON.stringify({ status: `@bob ${text} #killed` }))
  const status = await gone.promise
  if (status !== 200) throw new Error(`the post was answered ${status}:\n${web.output}`)
  await web.end('SIGKILL')
  const [found] = await scene.rig.ask<{ id: string }>(
    `SELECT id FROM posts WHERE text LIKE '%' || $1 || '%'`,
    [text],
  )
  scene.posts.set(text, found?.id ?? text)
}

async function lacking({ rig, bob, posts }: Scene, all: string[]): Promise<KillVerdict['missing']> {
  const ids = all.filter((id) => /^\d+$/.test(id))
  const among = async (sql: string): Promise<number> =>
    all.length - new Set((await rig.ask<{ id: string }>(sql, [ids])).map(({ id }) => id)).size
  const arrived = createsIn(rig)
  const texts = [...posts].filter(([, id]) => all.includes(id)).map(([text]) => text)
  return {
    posts: all.length - ids.length,
    entries: all.length - (await entriesOf(bob, ids)),
    deliveries: texts.filter((text) => !arrived.some((each) => each.includes(text))).length,
    indexed: await among('SELECT post_id AS id FROM post_documents WHERE post_id = ANY ($1::bigint[])'),
    notifications: await among(
      `SELECT post_id AS id FROM notifications WHERE kind = 'mention' AND post_id = ANY ($1::bigint[])`,
    ),
  }
}

async function entriesOf(bob: KithMember, ids: string[]): Promise<number> {
  const wanted = new Set(ids)
  let page = await bob.get<{ id: string }[]>('/api/v1/timelines/home?limit=40')
  while (page.length > 0 && wanted.size > 0) {
    for (const { id } of page) wanted.delete(id)
    page = await bob.get<{ id: string }[]>(`/api/v1/timelines/home?limit=40&max_id=${page.at(-1)!.id}`)
  }
  return ids.length - wanted.size
}

const createsIn = ({ stub }: Rig): string[] =>
  stub.arrivals.filter(({ type }) => type === 'Create').map(({ activity }) => JSON.stringify(activity))

async function excess({ rig, posts }: Scene): Promise<Pick<KillVerdict, 'repeated' | 'dead'>> {
  const arrived = createsIn(rig)
  const count = async (sql: string): Promise<number> => (await rig.ask(sql)).length
  return {
    repeated: {
      deliveries: arrived.length - new Set(arrived.map((each) => JSON.parse(each).id as string)).size,
      notifications: (await count(`SELECT 1 FROM notifications WHERE kind = 'mention'`)) - posts.size,
    },
    dead: await count('SELECT 1 FROM owed_work WHERE dead_at IS NOT NULL'),
  }
}
