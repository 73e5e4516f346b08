import '#test/support/temporal'
import { createFederation, importJwk, MemoryKvStore } from '@fedify/fedify'
import { verifyRequest } from '@fedify/fedify/sig'
import { Activity, Person } from '@fedify/vocab'
import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import jsonld from 'jsonld'
import { instance } from '#config/instance'
import { loadContext } from '#federation/contexts'
import { isJson, type Json } from '#federation/properties'
import { postSigned } from '#federation/signed-http'
import { schemes } from '#federation/schemes'
import type { Scheme } from '#federation/signatures/signature'
import { makeEmitters, made } from '#test/support/emitted'
import { rsaPair } from '#test/support/keys'
import { closeListeners, listen } from '#test/support/listener'
import { sha } from '#test/support/sign-by-hand'

type Heard = { url: string; headers: Record<string, string>; body: Buffer }

const pair = rsaPair()
const heard: Heard[] = []
const server = await listen((request, response) => {
  void buffer(request).then((body) => {
    heard.push({
      url: `${server.url}${request.url}`,
      headers: request.headers as Record<string, string>,
      body,
    })
    response.writeHead(202).end()
  })
})
const inbox = `${server.url}/inbox`
afterAll(closeListeners)

const speaker = (activity: Json): string => String(activity.actor)
const keyOf = (actor: string) => ({
  keyId: `${actor}#main-key`,
  privateKey: createPrivateKey(pair.privateKey),
})

/** What the sender of Kith makes of an activity, as it came over the wire. */
async function sent(activity: Json, scheme: Scheme): Promise<Heard> {
  await schemes.save(new URL(inbox).host, { scheme, since: Date.now(), failures: 0 })
  heard.length = 0
  const answer = await postSigned(inbox, Buffer.from(JSON.stringify(activity)), keyOf(speaker(activity)))
  expect([answer.status, heard.length]).toEqual([202, 1])
  return heard[0]!
}

const document = (actor: string) => ({
  '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
  id: actor,
  type: 'Person',
  inbox: `${actor}/inbox`,
  publicKey: { id: `${actor}#main-key`, owner: actor, publicKeyPem: pair.publicKey },
})

/** The id of the key by which Fedify finds it signed. */
async function verifiedByFedify({ url, headers, body }: Heard, actor: string) {
  const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
  const key = await verifyRequest(request, {
    contextLoader: loadContext,
    documentLoader: async (url) => ({ contextUrl: null, documentUrl: url, document: document(actor) }),
  })
  return key?.id?.href
}

const isSigned = (base: string, signature: string | undefined): boolean =>
  verify('sha256', Buffer.from(base), createPublicKey(pair.publicKey), Buffer.from(signature ?? '', 'base64'))

/** Is it signed over what is written here by hand, and is the digest that of the body? */
function verifiedByHand({ headers, body }: Heard, scheme: Scheme): boolean {
  const { host, date, digest, signature } = headers
  if (scheme === 'cavage') {
    const base = `(request-target): post /inbox\nhost: ${host}\ndate: ${date}\ndigest: ${digest}\ncontent-type: ${headers['content-type']}`
    return (
      digest === `SHA-256=${sha(256, body)}` && isSigned(base, /signature="([^"]+)"/.exec(signature!)?.[1])
    )
  }
  const parameters = headers['signature-input']!.replace(/^sig1=/, '')
  const content = headers['content-digest']
  const base = `"@method": POST\n"@target-uri": ${inbox}\n"@authority": ${host}\n"content-digest": ${content}\n"date": ${date}\n"@signature-params": ${parameters}`
  return content === `sha-256=:${sha(256, body)}:` && isSigned(base, /^sig1=:(.+):$/.exec(signature!)?.[1])
}

test.each(['cavage', 'rfc9421'] as const)(
  'all that is emitted goes out as it is, and Fedify and node:crypto find it signed: %s',
  async (scheme) => {
    for (const [name, activity] of Object.entries(await made(await makeEmitters()))) {
      if (!activity.actor) continue
      const found = await sent(activity, scheme)
      expect([name, found.body.toString()]).toEqual([name, JSON.stringify(activity)])
      const actor = speaker(activity)
      expect([name, await verifiedByFedify(found, actor)]).toEqual([name, `${actor}#main-key`])
      expect([name, verifiedByHand(found, scheme)]).toEqual([name, true])
    }
  },
)

const jwk = async (kind: 'public' | 'private') => {
  const key = kind === 'public' ? createPublicKey(pair.publicKey) : createPrivateKey(pair.privateKey)
  return importJwk({ ...key.export({ format: 'jwk' }), alg: 'RS256', ext: true }, kind)
}
const federation = createFederation<void>({
  kv: new MemoryKvStore(),
  allowPrivateAddress: true,
  origin: instance.origin,
  firstKnock: 'draft-cavage-http-signatures-12',
})
federation
  .setActorDispatcher(
    '/users/{identifier}',
    (ctx, identifier) => new Person({ id: ctx.getActorUri(identifier) }),
  )
  .setKeyPairsDispatcher(async () => [{ publicKey: await jwk('public'), privateKey: await jwk('private') }])

/** What Fedify sends of the same activity. */
async function sentByFedify(activity: Json): Promise<Heard> {
  heard.length = 0
  const parsed = await Activity.fromJsonLd(activity, { contextLoader: loadContext })
  const recipient = { id: new URL(server.url), inboxId: new URL(inbox) }
  const context = federation.createContext(new URL(instance.origin), undefined)
  const key = { keyId: new URL(keyOf(speaker(activity)).keyId), privateKey: await jwk('private') }
  await context.sendActivity(key, recipient, parsed, { immediate: true })
  return heard[0]!
}

/** Every value in an expanded document, by the last two addresses that lead to it; a time as it is, however written. */
function values(node: unknown, at: string[] = []): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => values(each, at))
  if (!isJson(node)) return [`${at.slice(-2).join(' ')} ${String(node)}`]
  const value = node['@value']
  if (value !== undefined) {
    const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
    return values(isTime ? new Date(value).toISOString() : String(value), at)
  }
  return Object.entries(node).flatMap(([name, each]) => values(each, name === '@list' ? at : [...at, name]))
}

const expanded = async ({ body }: Heard): Promise<string[]> => {
  const { signature: _, ...json } = JSON.parse(body.toString()) as Json
  return values(await jsonld.expand(json, { documentLoader: loadContext }))
}

// What the vocabulary of Fedify has no place for, which it therefore leaves out; the value is what it adds of itself.
const leftOut =
  /blurhash|focalPoint|ostatus\.org#conversation|gotosocial\.org\/ns#(can\w+|always)|#_misskey_(reaction|votes) |#searchableBy |#webfinger /
const added = /security#publicKey @type https:\/\/w3id.org\/security#Key$/

/** Of what Fedify cannot send, why. */
const unsendable: Record<string, string> = {
  featureActivity: 'Invalid type: https://www.w3.org/ns/activitystreams#Hashtag',
  moderationActivity: 'Invalid type: https://join-lemmy.org/ns#Lock',
  undoModerationActivity: 'Invalid type: https://join-lemmy.org/ns#Lock',
}

test('what is sent says what Fedify would send of the same, and what Fedify has no words for', async () => {
  const all = Object.entries(await made(await makeEmitters())).filter(([, activity]) => activity.actor)
  expect(all.length).toBeGreaterThan(15)
  for (const [name, activity] of all) {
    const ours = await sent(activity, 'cavage')
    if (unsendable[name]) {
      await expect(sentByFedify(activity)).rejects.toThrow(unsendable[name])
      continue
    }
    const theirs = await sentByFedify(activity)
    const [we, they] = [await expanded(ours), await expanded(theirs)]
    const lost = we.filter((each) => !they.includes(each) && !leftOut.test(each))
    const more = they.filter((each) => !we.includes(each) && !added.test(each))
    expect({ name, lost, more }).toEqual({ name, lost: [], more: [] })
    const kindOf = ({ headers }: Heard) => [
      headers['content-type'],
      headers.host,
      /algorithm="[^"]+"/.exec(headers.signature!)?.[0],
    ]
    expect([name, ...kindOf(ours)]).toEqual([name, ...kindOf(theirs)])
    const covered = ({ headers }: Heard) =>
      /headers="([^"]+)"/.exec(headers.signature!)?.[1]?.split(' ').toSorted()
    expect([name, covered(ours)]).toEqual([name, covered(theirs)])
  }
})
