import { createPrivateKey } from 'node:crypto'
import { instance } from '#config/instance'
import { idOf, idsOf, type Json, objectsOf, textOf, typeOf } from '#federation/properties'
import { signRequest } from '#federation/signatures/sign-request'
import { http } from '#platform/http'
import { actorTypes } from '#federation/objects/account'
import { rsaPair } from './keys.ts'
import { listen } from './listener.ts'
import { captured } from './payloads.ts'
import { type RawReply, sendRaw } from './raw-request.ts'

const { publicKey, privateKey } = rsaPair()
const AS = 'https://www.w3.org/ns/activitystreams'

const bare = (address: string): string => (URL.parse(address)?.href ?? address).replace(/#.*$/s, '')

/**
 * The fediverse of the payloads in this process: whatever host Kith asks, this answers, with what was captured there, with
 * what a test serves, and with people made up for the ids that are spoken of. Everybody signs with one key of its own.
 */
export class PayloadWorld {
  /** The private key of everybody, in PEM. */
  readonly privateKeyPem = privateKey
  readonly #documents = new Map<string, Json>()
  readonly #fingers = new Map<string, Json>()

  /** Serves a document, at its id unless told otherwise; gives it. */
  serve(document: Json, at = textOf(document.id) ?? ''): Json {
    this.#documents.set(bare(at), document)
    return document
  }

  gone(id: string): void {
    this.#documents.delete(bare(id))
  }

  /** Answers WebFinger for this account as told. */
  finger(account: string, answer: Json): void {
    this.#fingers.set(account.replace(/^acct:/, '').toLowerCase(), answer)
  }

  /** Somebody at this id who can sign: as they were captured, else made up, with a key of ours. */
  person(id: string, more: Json = {}): Json {
    const known = captured.get(id)
    const name = id.split(/[/=@]/).findLast((part) => /^[\w.-]+$/.test(part)) ?? 'somebody'
    const type = known && typeOf(known, actorTypes) ? {} : { type: 'Person' }
    const made = {
      '@context': AS,
      preferredUsername: name,
      inbox: `${id}/inbox`,
      followers: `${id}/followers`,
    }
    const publicKeyPem = publicKey
    const key = { id: `${bare(id)}#stub-key`, owner: id, publicKeyPem }
    return this.serve({ ...made, ...known, id, ...type, ...more, publicKey: key })
  }

  /** A post that others answer or repeat: as it was captured, else made up. */
  note(id: string, more: Json = {}): Json {
    const { origin } = new URL(id)
    const made = {
      type: 'Note',
      attributedTo: `${origin}/users/else`,
      content: '<p>said before</p>',
      to: [`${AS}#Public`],
    }
    const note = this.serve({ '@context': AS, ...made, ...captured.get(id), ...more, id })
    this.everybodyIn(note)
    return note
  }

  /** Makes sure of everybody whom a document says to have acted, written or been meant. */
  everybodyIn(json: Json): void {
    const mentioned = objectsOf(json.tag).filter((tag) => typeOf(tag, ['Mention']))
    const people = [
      ...idsOf(json.actor),
      ...idsOf(json.attributedTo),
      ...mentioned.flatMap((tag) => idsOf(tag.href)),
    ]
    for (const id of people)
      if (URL.canParse(id) && new URL(id).origin !== instance.origin && !this.#documents.has(bare(id))) {
        const own = [...idsOf(json.to), ...idsOf(json.cc)].find(
          (each) => /follow/.test(each) && URL.parse(each)?.origin === new URL(id).origin,
        )
        this.person(id, own && idOf(json.attributedTo ?? json.actor) === id ? { followers: own } : {})
      }
    for (const inner of objectsOf(json.object)) this.everybodyIn(inner)
  }

  /** Posts an activity to the inbox of this instance, signed by its actor. */
  async post(activity: Json): Promise<RawReply> {
    const body = Buffer.from(JSON.stringify(activity))
    const url = new URL('/inbox', instance.origin)
    const headers = { 'content-type': 'application/activity+json', accept: '*/*' }
    const key = {
      keyId: `${bare(idOf(activity.actor) ?? '')}#stub-key`,
      privateKey: createPrivateKey(privateKey),
    }
    const request = { method: 'POST', url, headers, body }
    const signed = signRequest(request, key, { scheme: 'cavage', now: new Date() })
    return sendRaw({
      method: 'POST',
      path: '/inbox',
      headers: { host: url.host, ...headers, ...signed },
      body,
    })
  }

  clear(): void {
    this.#documents.clear()
    this.#fingers.clear()
  }

  /** What is answered at an address. */
  answer(asked: string): Json | undefined {
    const url = URL.parse(asked)
    if (url?.pathname !== '/.well-known/webfinger') return this.#documents.get(bare(asked))
    const account = (url.searchParams.get('resource') ?? '').replace(/^acct:/, '').toLowerCase()
    const told = this.#fingers.get(account)
    if (told) return told
    const [name, host] = account.split('@')
    const isAsked = ({ id, preferredUsername }: Json) =>
      textOf(preferredUsername)?.toLowerCase() === name && URL.parse(textOf(id) ?? '')?.host === host
    const actor = this.#documents.values().find(isAsked)
    const links = [{ rel: 'self', type: 'application/activity+json', href: actor?.id }]
    return actor && { subject: `acct:${String(actor.preferredUsername)}@${host}`, links }
  }
}

/** Leads every request of the guarded client to a new one, whatever host it is for. `closeListeners` ends it. */
export async function startPayloadWorld(): Promise<PayloadWorld & Disposable> {
  const world = new PayloadWorld()
  const server = await listen((request, response) => {
    const asked = String(request.headers['x-asked'])
    const found = request.method === 'GET' ? world.answer(asked) : undefined
    const type = asked.includes('/.well-known/') ? 'application/jrd+json' : 'application/activity+json'
    response.writeHead(found ? 200 : 404, { 'content-type': type }).end(JSON.stringify(found ?? {}))
  })
  const { dispatcher } = http
  const usual = dispatcher.dispatch.bind(dispatcher)
  dispatcher.dispatch = (options, handler) => {
    const asked = `${String(options.origin)}${options.path}`
    const headers = { ...(options.headers as Record<string, string>), 'x-asked': asked }
    return usual({ ...options, origin: server.url, headers }, handler)
  }
  return Object.assign(world, { [Symbol.dispose]: () => void (dispatcher.dispatch = usual) })
}
