import { instance } from '#config/instance'
import { accountUri } from '#core/addresses'
import { keptSettings } from '#core/instances/kept-settings'
import { row } from '#platform/db'
import { fedify } from './fedify.ts'
import type { Reply } from './reply.ts'
import { instanceFigures } from './figures.ts'
import { keptWebFinger } from './kept-replies.ts'
import { version } from './version.ts'

const { origin } = instance
const open = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=180' }
const json = (type: string, body: object): Reply => ({
  status: 200,
  headers: { ...open, 'Content-Type': type },
  body: JSON.stringify(body),
})

const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema'
const template = `${origin}/.well-known/webfinger?resource={uri}`

/** Where NodeInfo is, and who the instance itself is (wire 4.3, FEP-2677). */
const nodeInfoLinks = {
  links: [
    ...['2.0', '2.1'].map((each) => ({ rel: `${SCHEMA}/${each}`, href: `${origin}/nodeinfo/${each}` })),
    { rel: 'https://www.w3.org/ns/activitystreams#Application', href: `${origin}/actor` },
  ],
}

const xrd = `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="${template}"/></XRD>
`

async function nodeInfo20(): Promise<Reply> {
  const { openRegistrations, users, localPosts, softwareName, metadata } = await instanceFigures()
  return json(`application/json; profile="${SCHEMA}/2.0#"`, {
    version: '2.0',
    software: { name: softwareName, version },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: [] },
    openRegistrations,
    usage: { users, localPosts },
    metadata,
  })
}

// The instance's own handle and address lead to its actor (wire 4.1, FEP-d556).
function webFingerOfInstance(resource: string): Reply | undefined {
  const subject = `acct:${instance.domain}@${instance.domain}`
  if (![subject, origin, `${origin}/`, `${origin}/actor`].includes(resource)) return undefined
  const href = accountUri({ id: '0', uri: null, kind: 'application' })
  const rels = ['self', 'https://www.w3.org/ns/activitystreams#Service']
  return json('application/jrd+json', {
    subject,
    aliases: [href],
    links: rels.map((rel) => ({ rel, type: 'application/activity+json', href })),
  })
}

async function webFinger(url: URL): Promise<Reply> {
  const resource = url.searchParams.get('resource') ?? ''
  const own = webFingerOfInstance(resource)
  if (own) return own
  if (await isHidden()) return unknown
  return keptWebFinger(resource, () => webFingerOfMember(url, resource))
}

async function webFingerOfMember(url: URL, resource: string): Promise<Reply> {
  // Some ask for `acct:@user@domain`, some leave the scheme out.
  const asked = new URL(url)
  if (/^(acct:)?@?[^@/]+@[^@/]+$/.test(resource))
    asked.searchParams.set('resource', `acct:${resource.replace(/^(acct:)?@?/, '')}`)
  const response = await fedify.fetch(new Request(asked), { contextData: undefined })
  const body = await response.text()
  if (response.ok) return json('application/jrd+json', byHandle(JSON.parse(body) as Found))
  const status = (await isGone(asked.searchParams.get('resource') ?? '')) ? 410 : response.status
  return { status, headers: { ...open, 'Content-Type': 'text/plain; charset=utf-8' }, body }
}

// Nobody signs what they ask WebFinger, so it answers all or nobody (federation rules 199, 231).
async function isHidden(): Promise<boolean> {
  const { federation, webFinger } = await keptSettings()
  return federation === 'allowed' && !webFinger
}

const unknown: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  body: '',
}

type Found = { subject: string; links: { rel: string; href?: string }[] }

/** Whatever was asked for, the subject is the handle as its member spells it, and the addresses are the aliases (INST-27). */
function byHandle(found: Found): Found & { aliases: string[] } {
  const aliases = ['http://webfinger.net/rel/profile-page', 'self'].flatMap(
    (rel) => found.links.find((link) => link.rel === rel)?.href ?? [],
  )
  return { ...found, subject: `acct:${aliases[0]?.split('/@').at(-1)}@${instance.domain}`, aliases }
}

/** Was there such a member once? That is told, so that others forget them (INST-27). */
async function isGone(resource: string): Promise<boolean> {
  const [, username, domain] = /^acct:([^@]+)@(.+)$/.exec(resource) ?? []
  if (!username || domain?.toLowerCase() !== instance.domain) return false
  const found = await row(
    {},
    `SELECT 1 AS one FROM accounts WHERE lower(username) = lower($1) AND domain IS NULL AND gone_at IS NOT NULL`,
    [username],
  )
  return found !== undefined
}

async function nodeInfo21(url: URL): Promise<Reply> {
  const response = await fedify.fetch(new Request(url), { contextData: undefined })
  return {
    status: response.status,
    headers: { ...open, 'Content-Type': response.headers.get('content-type') ?? '' },
    body: await response.text(),
  }
}

const hostMeta: Reply = {
  status: 200,
  headers: { ...open, 'Content-Type': 'application/xrd+xml; charset=utf-8' },
  body: xrd,
}

const hostMetaJson = () => json('application/jrd+json', { links: [{ rel: 'lrdd', template }] })

const documents: Record<string, (url: URL, accept: string) => Reply | Promise<Reply>> = {
  '/.well-known/webfinger': webFinger,
  '/.well-known/nodeinfo': () => json('application/json', nodeInfoLinks),
  '/nodeinfo/2.0': nodeInfo20,
  '/nodeinfo/2.1': nodeInfo21,
  '/.well-known/host-meta': (_url, accept) =>
    /json/.test(accept) && !/xml|\*/.test(accept) ? hostMetaJson() : hostMeta,
  '/.well-known/host-meta.json': hostMetaJson,
}

/** Where these documents are. */
export const discoveryPaths = Object.keys(documents)

/** The documents, in the form that `accept` asks for, by which other servers find accounts and learn about this one; undefined for other addresses. */
export async function discoveryAt(url: URL, accept = ''): Promise<Reply | undefined> {
  return Object.hasOwn(documents, url.pathname) ? documents[url.pathname]?.(url, accept) : undefined
}
