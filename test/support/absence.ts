import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { keepDoing, loads, openStream, publish, type Scene, setScene } from './absence-scene.ts'
import { guardedDoors, type Knock } from './guarded-doors.ts'
import { eventually } from './kiths.ts'
import type { Tally } from './tally.ts'

/** How long Redis is away, and how many milliseconds lie between two requests of each kind. It may also be there and hang. */
export type Absence = { seconds: number; pause: number; hangs?: boolean }

/** What came of it. Everything under `lost` counts what was accepted and has not come to pass. */
export type Outcome = {
  tally: Tally
  /** How each guarded door was answered while Redis was away, and once it was back. */
  away: Record<string, Knock[]>
  after: Record<string, Knock>
  accepted: { posts: number; followers: number; media: number }
  lost: { posts: number; deliveries: number; entries: number; followers: number; media: number }
  repeated: { deliveries: number; notifications: number }
  dead: string[]
  /** Do streams carry posts again? */
  streams: boolean
  /** Seconds until nothing was owed any more. */
  settled: number
}

/** people read, write, upload and log in, and activities come in, while Redis goes away and comes back. */
export async function runAbsence({ seconds, pause, hangs = false }: Absence): Promise<Outcome> {
  const scene = await setScene()
  const { rig, tally } = scene
  const stopped = new AbortController()
  try {
    const going = loads(scene).map((once) => keepDoing(once, pause, stopped.signal))
    await sleep(4000)
    await (hangs ? rig.services.signal('redis', 'SIGSTOP') : rig.services.end('redis'))
    tally.phase = 'away'
    const away = await knockFor(scene, seconds)
    tally.phase = 'returning'
    await (hangs ? rig.services.signal('redis', 'SIGCONT') : rig.services.mend('redis'))
    await eventually(async () => (await fetch(`${rig.web.url}/health/ready`)).ok, 15_000)
    tally.phase = 'after'
    await sleep(2000)
    stopped.abort()
    await Promise.all(going)
    const settled = await settle(scene)
    const after = await knockOnce(scene, 'after')
    return { tally, away, after, settled, streams: await carries(scene), ...(await look(scene)) }
  } finally {
    stopped.abort()
    scene.stream.terminate()
    if (hangs) rig.services.signal('redis', 'SIGCONT')
    await rig.remove()
  }
}

async function knockFor(scene: Scene, seconds: number): Promise<Record<string, Knock[]>> {
  const end = Date.now() + seconds * 1000
  const all: Record<string, Knock[]> = {}
  for (let round = 0; Date.now() < end; round += 1) {
    for (const [name, knock] of Object.entries(await knockOnce(scene, `at${round}`)))
      (all[name] ??= []).push(knock)
    await sleep(1000)
  }
  return all
}

async function knockOnce({ rig, appToken }: Scene, at: string): Promise<Record<string, Knock>> {
  const knocks = Object.entries(guardedDoors).map(
    async ([name, door]) => [name, await door(rig.web.url, appToken, at)] as const,
  )
  return Object.fromEntries(await Promise.all(knocks))
}

const open = `SELECT count(*)::int AS open FROM owed_work WHERE kind <> 'schedule' AND dead_at IS NULL`

async function settle({ rig }: Scene): Promise<number> {
  const began = Date.now()
  await eventually(async () => (await rig.ask<{ open: number }>(open))[0]?.open === 0, 180_000)
  return (Date.now() - began) / 1000
}

/** The stream that was open all the time, or a new one where that was closed, carries the next post. */
async function carries(scene: Scene): Promise<boolean> {
  if (scene.stream.readyState !== WebSocket.OPEN) scene.stream = await openStream(scene.bob, scene.heard)
  await publish(scene)
  const id = [...scene.posts.values()].at(-1) ?? ''
  return eventually(async () => scene.heard.some((each) => each.includes(id)), 10_000)
}

async function look(scene: Scene): Promise<Pick<Outcome, 'accepted' | 'lost' | 'repeated' | 'dead'>> {
  await settle(scene)
  const { rig, posts, followers, media } = scene
  const among = async (sql: string, all: string[]): Promise<number> => {
    const found = await rig.ask<{ one: string }>(sql, [all])
    return all.length - new Set(found.map(({ one }) => one)).size
  }
  const [texts, ids] = [[...posts.keys()], [...posts.values()]]
  const arrived = rig.stub.arrivals
    .filter(({ type }) => type === 'Create')
    .map(({ activity }) => JSON.stringify(activity))
  const copies = texts.map((text) => arrived.filter((each) => each.includes(text)).length)
  const doubles = `SELECT 1 AS one FROM notifications GROUP BY account_id, kind, from_id, post_id HAVING count(*) > 1`
  const dead = `SELECT kind || ': ' || last_error AS one FROM owed_work WHERE dead_at IS NOT NULL`
  return {
    accepted: { posts: texts.length, followers: followers.length, media: media.length },
    lost: {
      posts: await among('SELECT text AS one FROM posts WHERE text = ANY ($1)', texts),
      deliveries: copies.filter((count) => count === 0).length,
      entries: await missingEntries(scene, ids),
      followers: await among(
        `SELECT username AS one FROM accounts JOIN follows ON follower_id = accounts.id
         WHERE state = 'accepted' AND username = ANY ($1)`,
        followers,
      ),
      media: await among(
        `SELECT id::text AS one FROM media WHERE state = 'ready' AND id = ANY ($1::bigint[])`,
        media,
      ),
    },
    repeated: {
      deliveries: copies.filter((count) => count > 1).length,
      notifications: (await rig.ask(doubles)).length,
    },
    dead: (await rig.ask<{ one: string }>(dead)).map(({ one }) => one),
  }
}

/** Which of the newest posts are not in the home of somebody who follows their author; a home holds 800. */
async function missingEntries({ bob }: Scene, ids: string[]): Promise<number> {
  const wanted = new Set(ids.slice(-600))
  let page = await bob.get<{ id: string }[]>('/api/v1/timelines/home?limit=40')
  while (page.length > 0 && wanted.size > 0) {
    for (const { id } of page) wanted.delete(id)
    page = await bob.get<{ id: string }[]>(`/api/v1/timelines/home?limit=40&max_id=${page.at(-1)!.id}`)
  }
  return wanted.size
}
