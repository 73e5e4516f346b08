import { createPrivateKey, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { signRequest } from '#federation/signatures/sign-request'
import { rsaPair } from './keys.ts'
import { type Manner, misbehave } from './stub-manners.ts'

type Json = Record<string, unknown>

/** An activity that arrived at the stub, and when: by `performance.now()` of this process. */
export type Arrival = {
  id: string
  type: string
  path: string
  activity: Json
  headers: IncomingMessage['headers']
  at: number
}

/** A request that is ready to go. */
export type Signed = { url: URL; body: Buffer<ArrayBuffer>; headers: Record<string, string> }

/** Another server of the fediverse in this process: any user name is somebody there, all with one key. */
export class StubServer {
  readonly domain: string
  readonly arrivals: Arrival[] = []
  /** Other documents that it serves, by path; those that are null are gone. */
  readonly documents = new Map<string, Json | null>()
  /** What its inboxes answer. */
  status = 202
  body = ''
  /** The one signature scheme that its inboxes take, if not both; who comes with another is answered 401. */
  takes: 'cavage' | 'rfc9421' | 'neither' | undefined
  /** How its inboxes behave in place of an answer. */
  manner: Manner | undefined
  /** What it answers to whoever asks for a document, instead of that. */
  refusal: number | undefined
  /** The pause that its inboxes ask for. */
  retryAfter: string | undefined
  /** How many milliseconds its inboxes take, and how many requests they had at a time at most. */
  delay = 0
  most = 0
  /** What was asked for, and how often; how many milliseconds it takes to answer that. */
  readonly asked = new Map<string, number>()
  documentDelay = 0
  /** How many such requests it had at a time at most. */
  mostAsked = 0
  #asking = 0
  #underWay = 0
  readonly #keys: { publicKey: string; privateKey: KeyObject }
  readonly #stop: () => Promise<void>
  #count = 0

  constructor(domain: string, keys = makeKeys(), stop = async (): Promise<void> => {}) {
    this.domain = domain
    this.#keys = keys
    this.#stop = stop
  }

  get origin(): string {
    return `http://${this.domain}`
  }

  actor = (name: string): string => `${this.origin}/users/${name}`

  /** An activity of somebody there, with an id of its own. */
  activity = (name: string, type: string, object: unknown, more: Json = {}): Json => ({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${this.actor(name)}/activities/${(this.#count += 1)}`,
    type,
    actor: this.actor(name),
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    object,
    ...more,
  })

  /** A Note by somebody there. */
  note = (name: string, id: string, more: Json = {}): Json => ({
    id: `${this.actor(name)}/notes/${id}`,
    type: 'Note',
    attributedTo: this.actor(name),
    content: `<p>${id}</p>`,
    published: new Date().toISOString(),
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [`${this.actor(name)}/followers`],
    ...more,
  })

  /** Serves an object at its id; gives it. */
  serve(object: Json): Json {
    this.documents.set(new URL(String(object.id)).pathname, object)
    return object
  }

  /** The request that brings an activity, signed by its actor. */
  sign(origin: string, activity: Json, path = '/inbox'): Signed {
    const url = new URL(path, origin)
    const body = Buffer.from(JSON.stringify(activity))
    const headers = { 'content-type': 'application/activity+json' }
    const key = { keyId: `${String(activity.actor)}#main-key`, privateKey: this.#keys.privateKey }
    const signed = signRequest({ method: 'POST', url, headers, body }, key, {
      scheme: 'cavage',
      now: new Date(),
    })
    return { url, body, headers: { ...headers, ...signed } }
  }

  /** Posts an activity once, signed by its actor; gives the answer. */
  async post(origin: string, activity: Json, path = '/inbox'): Promise<Response> {
    const { url, body, headers } = this.sign(origin, activity, path)
    return fetch(url, { method: 'POST', body, headers })
  }

  /** Posts an activity again and again, as other servers do, until it is accepted; gives how often it was tried. */
  async tell(origin: string, activity: Json, path = '/inbox'): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.post(origin, activity, path).catch(() => undefined)
      if (answer?.ok) return tries
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`${String(activity.type)} was refused: ${answer.status} ${await answer.text()}`)
      if (tries > 1000) throw new Error(`${String(activity.type)} is not accepted: ${answer?.status}`)
      await sleep(100 + Math.random() * 200)
    }
  }

  stop = (): Promise<void> => this.#stop()

  /** Answers a request to it. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin)
    if (request.method === 'POST') {
      const activity = JSON.parse((await buffer(request)).toString()) as Json
      const [{ headers }, at] = [request, performance.now()]
      const [id, type] = [String(activity.id), String(activity.type)]
      this.arrivals.push({ id, type, path: pathname, activity, headers, at })
      this.most = Math.max(this.most, (this.#underWay += 1))
      if (this.delay > 0) await sleep(this.delay)
      if (this.manner) {
        response.once('close', () => (this.#underWay -= 1))
        return misbehave(this.manner, response)
      }
      this.#underWay -= 1
      if (this.takes && this.takes !== (headers['signature-input'] ? 'rfc9421' : 'cavage'))
        return void response.writeHead(401).end()
      const pause = this.retryAfter ? { 'retry-after': this.retryAfter } : {}
      return void response.writeHead(this.status, pause).end(this.body)
    }
    this.asked.set(request.url ?? '', (this.asked.get(request.url ?? '') ?? 0) + 1)
    this.mostAsked = Math.max(this.mostAsked, (this.#asking += 1))
    if (this.documentDelay > 0) await sleep(this.documentDelay)
    this.#asking -= 1
    if (this.refusal && !pathname.startsWith('/.well-known/'))
      return void response.writeHead(this.refusal).end()
    const document = this.documents.get(pathname) ?? this.#documentAt(pathname, searchParams)
    const type = pathname.startsWith('/.well-known/') ? 'application/jrd+json' : 'application/activity+json'
    response
      .writeHead(document ? 200 : this.documents.has(pathname) ? 410 : 404, { 'content-type': type })
      .end(JSON.stringify(document ?? {}))
  }

  #documentAt(pathname: string, query: URLSearchParams): Json | undefined {
    const name = /^\/users\/(\w+)$/.exec(pathname)?.[1]
    if (name) return this.#actorDocument(name)
    if (pathname !== '/.well-known/webfinger') return undefined
    const asked = query.get('resource') ?? ''
    const user = /^acct:(\w+)@/.exec(asked)?.[1] ?? /\/users\/(\w+)$/.exec(asked)?.[1]
    if (!user) return undefined
    const self = { rel: 'self', type: 'application/activity+json', href: this.actor(user) }
    return { subject: `acct:${user}@${this.domain}`, links: [self] }
  }

  #actorDocument(name: string): Json {
    const id = this.actor(name)
    return {
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
      id,
      type: 'Person',
      preferredUsername: name,
      name,
      inbox: `${id}/inbox`,
      outbox: `${id}/outbox`,
      followers: `${id}/followers`,
      endpoints: { sharedInbox: `${this.origin}/inbox` },
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: this.#keys.publicKey },
    }
  }
}

/** A pair of keys for a server, or for many. */
export function makeKeys(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = rsaPair()
  return { publicKey, privateKey: createPrivateKey(privateKey) }
}

/** An HTTP server; `hangUp` ends its idle connections, `stop` it and all of them. */
export type Listening = { port: number; hangUp: () => void; stop: () => Promise<void> }

/** Starts one on a free port. */
export async function serve(handle: RequestListener, host = '127.0.0.1'): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 60_000 }, handle).listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    hangUp: () => server.closeIdleConnections(),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Starts one on a free port of loopback. */
export async function startStub(): Promise<StubServer> {
  const { port, stop } = await serve((request, response) => void stub.answer(request, response))
  const stub = new StubServer(`localhost:${port}`, makeKeys(), stop)
  return stub
}
