import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { WebSocket } from 'ws'
import { signUpToken } from './guarded-doors.ts'
import { eventually, type KithMember } from './kiths.ts'
import { type Rig, startRig } from './rig.ts'
import { Tally } from './tally.ts'

/** A Kith with a web and a worker process, people who use it, and what was accepted of them so far. */
export type Scene = {
  rig: Rig
  alice: KithMember
  bob: KithMember
  person: string
  picture: Blob
  appToken: string
  tally: Tally
  /** Text and id of each post, names of followers from elsewhere, ids of uploads. */
  posts: Map<string, string>
  followers: string[]
  media: string[]
  stream: WebSocket
  heard: string[]
}

/** Sets the scene: bob and somebody elsewhere follow alice, bob has a stream open, anybody may sign up. */
export async function setScene(): Promise<Scene> {
  const rig = await startRig(1, { KITH_RATE_FACTOR: '1000' })
  await rig.web.cli('config', 'set', 'registrations', 'open')
  const [alice, bob] = [await rig.web.member('alice'), await rig.web.member('bob')]
  const { id } = await alice.get<{ id: string }>('/api/v1/accounts/verify_credentials')
  await bob.post(`/api/v1/accounts/${id}/follow`)
  const person = `${rig.web.url}/users/${id}`
  await rig.stub.tell(rig.web.url, rig.stub.activity('reader', 'Follow', person))
  // Only posts after this are owed to the reader.
  await eventually(async () => rig.stub.arrivals.some(({ type }) => type === 'Accept'))
  await bob.get('/api/v1/timelines/home')
  const heard: string[] = []
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: '#48c' } })
  return {
    rig,
    alice,
    bob,
    person,
    picture: new Blob([new Uint8Array(await picture.png().toBuffer())], { type: 'image/png' }),
    appToken: await signUpToken(rig.web.url),
    tally: new Tally(),
    posts: new Map(),
    followers: [],
    media: [],
    stream: await openStream(bob, heard),
    heard,
  }
}

/** Opens the stream of a member; what comes is put into `heard`. */
export async function openStream({ kith, token }: KithMember, heard: string[]): Promise<WebSocket> {
  const stream = new WebSocket(`${kith.url.replace('http', 'ws')}/api/v1/streaming?stream=user`, [token])
  stream.on('message', (data) => heard.push(String(data))).on('error', () => undefined)
  await eventually(async () => stream.readyState === WebSocket.OPEN, 10_000)
  return stream
}

/** What goes on all the time: each is done once, again and again. */
export const loads = (scene: Scene): (() => Promise<unknown>)[] => [
  ...['/api/v1/timelines/home', '/api/v1/timelines/public?local=true', '/api/v1/notifications'].map(
    (path) => () => scene.tally.ask('read', () => ask(scene.bob, path)),
  ),
  () => scene.tally.ask('page', () => fetch(`${scene.rig.web.url}/@alice`)),
  () => publish(scene),
  () => upload(scene),
  () => comeIn(scene),
]

/** Does something again and again until it is stopped. */
export async function keepDoing(
  once: () => Promise<unknown>,
  pause: number,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    await once()
    await sleep(pause * (0.5 + Math.random()))
  }
}

const ask = ({ kith, token }: KithMember, path: string, body?: FormData | { status: string }) =>
  fetch(kith.url + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body && !(body instanceof FormData) ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: body instanceof FormData ? body : JSON.stringify(body) } : {}),
  })

/** Alice posts; when it is accepted, it is remembered. */
export async function publish({ tally, alice, posts }: Scene): Promise<void> {
  const status = `words ${crypto.randomUUID()}`
  const answer = await tally.ask('post', () => ask(alice, '/api/v1/statuses', { status }))
  if (answer?.ok) posts.set(status, ((await answer.json()) as { id: string }).id)
}

async function upload({ tally, alice, media, picture }: Scene): Promise<void> {
  const form = new FormData()
  form.set('file', picture, 'picture.png')
  const answer = await tally.ask('upload', () => ask(alice, '/api/v2/media', form))
  if (answer?.ok) media.push(((await answer.json()) as { id: string }).id)
  // Uploads come less often than words.
  await sleep(1000)
}

async function comeIn({ rig, tally, person, followers }: Scene): Promise<void> {
  const name = `guest${crypto.randomUUID().slice(0, 8)}`
  const activity = rig.stub.activity(name, 'Follow', person)
  const answer = await tally.ask('inbox', () => rig.stub.post(rig.web.url, activity))
  if (answer?.ok) followers.push(name)
}
