import { createPrivateKey } from 'node:crypto'
import { instance } from '#config/instance'
import { Account } from '#core/accounts/account.model'
import type { Json } from '#federation/properties'
import { now } from '#platform/clock'
import { rsaPair } from './keys.ts'
import { listen, type Listener } from './listener.ts'
import type { RemoteActor } from './remote-actor.ts'

const { publicKey, privateKey } = rsaPair()

/** Another server of this process, with the actors and documents that a test gives it. */
export class StubFediverse {
  readonly #server: Listener
  readonly #documents: Map<string, Json>
  constructor(server: Listener, documents: Map<string, Json>) {
    this.#server = server
    this.#documents = documents
  }

  get domain(): string {
    return `localhost:${this.#server.port}`
  }

  /** What it was asked for. */
  get requests(): string[] {
    return this.#server.requests
  }

  uri = (name: string): string => `http://${this.domain}/users/${name}`

  /** Puts a document at a path, or takes it away. */
  serve(path: string, document: Json | undefined): void {
    if (document) this.#documents.set(path, document)
    else this.#documents.delete(path)
  }

  /** Says more in the document of an actor than is usual. */
  describe(name: string, more: Json): void {
    const id = this.uri(name)
    this.serve(`/users/${name}`, {
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
      id,
      type: 'Person',
      preferredUsername: name,
      inbox: `${id}/inbox`,
      followers: `${id}/followers`,
      featured: `${id}/featured`,
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: publicKey },
      ...more,
    })
  }

  /** Somebody there who can be fetched, and is stored here as they are. */
  async actor(name: string, more: Partial<Account> = {}): Promise<RemoteActor> {
    const [uri, domain] = [this.uri(name), this.domain]
    const keyId = `${uri}#main-key`
    this.describe(name, {})
    const account = await Account.create({
      username: name,
      domain,
      uri,
      inboxUrl: `${uri}/inbox`,
      followersUrl: `${uri}/followers`,
      featuredUrl: `${uri}/featured`,
      publicKeyId: keyId,
      publicKeyPem: publicKey,
      fetchedAt: now(),
      ...more,
    })
    return { account, uri, keyId, privateKey: createPrivateKey(privateKey) }
  }

  clear(): void {
    this.#documents.clear()
    this.#server.requests.length = 0
  }
}

/** Starts one on a free port of loopback; `closeListeners` ends it. Whoever is served there has a WebFinger answer. */
export async function startFediverse(): Promise<StubFediverse> {
  const documents = new Map<string, Json>()
  const server = await listen((request, response) => {
    const { pathname, searchParams, host } = new URL(request.url ?? '/', `http://localhost:${server.port}`)
    const name = /^acct:(\w+)@/.exec(searchParams.get('resource') ?? '')?.[1]
    const isFinger = pathname === '/.well-known/webfinger'
    const href = `http://${host}/users/${name}`
    const finger =
      name && documents.has(`/users/${name}`)
        ? { links: [{ rel: 'self', type: 'application/activity+json', href }] }
        : undefined
    const found = isFinger ? finger : documents.get(pathname)
    const type = isFinger ? 'application/jrd+json' : 'application/activity+json'
    response.writeHead(found ? 200 : 404, { 'content-type': type }).end(JSON.stringify(found ?? {}))
  })
  if (!instance.allowPrivateAddresses) throw new Error('tests reach loopback')
  return new StubFediverse(server, documents)
}
