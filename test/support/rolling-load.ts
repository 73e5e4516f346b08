import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { StubServer } from './stub-server.ts'

/** Whom the load is put on, and as whom. */
export type Load = { url: string; token: string; person: string; stub: StubServer; signal: AbortSignal }

/** What was asked, what was not answered with success, and what was accepted. */
export type Answered = {
  requests: number
  failures: Record<string, number>
  followers: string[]
  texts: string[]
}

/** So many at a time read, post and send activities, without a pause, until the signal comes. Each asks once. */
export async function startLoad(load: Load, width: number): Promise<Answered> {
  const all: Answered = { requests: 0, failures: {}, followers: [], texts: [] }
  const note = async (what: string, asked: Promise<Response>): Promise<boolean> => {
    all.requests += 1
    const answer = await asked.catch((error: Error) => error)
    if (answer instanceof Response && answer.ok) return Boolean(await answer.arrayBuffer())
    const how =
      answer instanceof Response
        ? `${what}: ${answer.status} ${await answer.text()}`
        : `${what}: ${answer.message}`
    all.failures[how] = (all.failures[how] ?? 0) + 1
    return false
  }
  const { url, token, person, stub } = load
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const kinds = [
    () => note('home', fetch(`${url}/api/v1/timelines/home`, { headers })),
    () => note('page', fetch(`${url}/@alice`)),
    async () => {
      const status = `words ${crypto.randomUUID()}`
      const asked = fetch(`${url}/api/v1/statuses`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ status }),
      })
      if (await note('post', asked)) all.texts.push(status)
    },
    async () => {
      const name = `guest${crypto.randomUUID().slice(0, 8)}`
      if (await note('inbox', stub.post(url, stub.activity(name, 'Follow', person)))) all.followers.push(name)
    },
  ]
  const work = async (_: unknown, at: number): Promise<void> => {
    while (!load.signal.aborted) await kinds[at % kinds.length]!()
  }
  await Promise.all(Array.from({ length: width }, work))
  return all
}

/** Keeps a stream open until the signal comes; gives the codes that it was closed with. */
export async function keepStream(url: string, token: string, signal: AbortSignal): Promise<number[]> {
  const codes: number[] = []
  while (!signal.aborted) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/streaming?stream=user`, [token])
    let isOpen = false
    socket.on('error', () => undefined).on('open', () => (isOpen = true))
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    const isOver = new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined)),
    )
    const code = await Promise.race([closed, isOver])
    // One that never opened was not told anything; it tries again.
    if (code !== undefined && isOpen) codes.push(code)
    socket.terminate()
    await sleep(300)
  }
  return codes
}
