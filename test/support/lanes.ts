import { createPrivateKey } from 'node:crypto'
import { instance } from '#config/instance'
import { contextDocument, termsOf } from '#federation/contexts'
import {
  idOf,
  idsOf,
  isJson,
  type Json,
  many,
  objectsOf,
  textOf,
  timeOf,
  typesOf,
} from '#federation/properties'
import { type Scheme, type RequestSnapshot } from '#federation/signatures/signature'
import { signRequest } from '#federation/signatures/sign-request'
import { takeActivity } from '#federation/take-activity'
import { isPublic, PUBLIC } from '#federation/vocabulary'
import { rows } from '#platform/db'
import type { FedifyVerdict } from './fedify-lane.ts'

/** What was read of an activity, or of an object in it, written in one way. */
export type Reading = {
  id: string | undefined
  type: string
  ids: Record<string, string[]>
  texts: Record<string, string[]>
  published: number | undefined
  object?: Reading
}
export type KithVerdict = { status: number; why: string; isForwarded?: boolean; json?: Json }

const AS = 'https://www.w3.org/ns/activitystreams#'
const ofAll = ['attributedTo', 'inReplyTo', 'to', 'cc']
const ofActivities = ['actor', 'object', 'target', ...ofAll]
const activityTypes = new Set(
  `Accept Add Announce Arrive Block Create Delete Dislike EmojiReact Flag Follow Ignore IntransitiveActivity Invite Join Leave Like
   Listen Move Offer Question QuoteRequest Read Reject Remove TentativeAccept TentativeReject Travel Undo Update View`.split(
    /\s+/,
  ),
)
const vocabulary = termsOf(contextDocument(AS))
const texts = ['content', 'name', 'summary']

const sameId = (id: string): string => (isPublic(id) ? PUBLIC : (URL.parse(id)?.href ?? id))
const sorted = (all: string[]): string[] => [...new Set(all)].toSorted()

/** Of what is no activity, and of what Fedify has no class for, it keeps fewer properties. */
const isActivity = (type: string): boolean => type === 'Activity' || activityTypes.has(type)
const referencesOf = (type: string): string[] => (isActivity(type) ? ofActivities : ofAll)

/** What Kith reads in JSON that it took. */
export function readPlainly(json: Json): Reading {
  const [inner] = objectsOf(json.object)
  const types = typesOf(json)
  // The first that is known counts (wire G2).
  const type = types.find((each) => each in vocabulary) ?? types[0] ?? ''
  const said = (name: string) => [
    ...many(json[name]),
    ...objectsOf(json[`${name}Map`]).flatMap((map) => Object.values(map)),
  ]
  return {
    id: textOf(json.id) && sameId(textOf(json.id)!),
    type,
    ids: Object.fromEntries(referencesOf(type).map((name) => [name, sorted(idsOf(json[name]).map(sameId))])),
    texts: Object.fromEntries(
      texts.map((name) => [name, sorted(said(name).filter((each) => typeof each === 'string'))]),
    ),
    published: timeOf(json.published)?.getTime(),
    ...(inner && Object.keys(inner).length > 1 ? { object: readPlainly(inner) } : {}),
  }
}

const bare = (iri: string): string => iri.replace(/^.*[#/]/, '')
const valueOf = (node: unknown): unknown => (isJson(node) ? node['@value'] : undefined)

/** What Fedify had read, of its expanded form. */
export function readExpanded(node: Json): Reading {
  const inner = objectsOf(node[`${AS}object`])[0]
  const all = (name: string): unknown[] =>
    many(node[AS + name]).flatMap((each) => (isJson(each) && '@list' in each ? many(each['@list']) : [each]))
  const idsIn = (name: string) =>
    all(name).flatMap((each) =>
      isJson(each)
        ? (textOf(each['@id']) ?? idOf(objectsOf(each[`${AS}href`]).map((one) => one['@id'])) ?? [])
        : [],
    )
  const id = textOf(node['@id'])
  const type = bare(textOf(many(node['@type'])[0]) ?? '')
  return {
    id: id && sameId(id),
    type,
    ids: Object.fromEntries(referencesOf(type).map((name) => [name, sorted(idsIn(name).map(sameId))])),
    texts: Object.fromEntries(
      texts.map((name) => [
        name,
        sorted(
          all(name)
            .map(valueOf)
            .filter((each) => typeof each === 'string'),
        ),
      ]),
    ),
    published: timeOf(valueOf(all('published')[0]))?.getTime(),
    ...(inner && Object.keys(inner).length > 1 ? { object: readExpanded(inner) } : {}),
  }
}

/** The inbox of Kith; what it kept is taken out again. */
export async function kithLane(request: RequestSnapshot): Promise<KithVerdict> {
  const { status, why } = await takeActivity(request)
  const [kept] = await rows<{ payload: { activity: Json; isForwarded: boolean } }>(
    {},
    `DELETE FROM owed_work WHERE kind = 'inbox' RETURNING payload`,
  )
  await rows({}, 'DELETE FROM received_activities')
  return kept
    ? { status, why, isForwarded: kept.payload.isForwarded, json: kept.payload.activity }
    : { status, why }
}

export type Signing = { keyId: string; privateKeyPem: string; scheme?: Scheme }

/** A delivery to the shared inbox, signed as Kith signs. */
export function signedDelivery(
  body: Buffer,
  { keyId, privateKeyPem, scheme = 'cavage' }: Signing,
): RequestSnapshot {
  const url = new URL('/inbox', instance.origin)
  const headers = { 'content-type': 'application/activity+json' }
  const now = new Date()
  const key = { keyId, privateKey: createPrivateKey(privateKeyPem) }
  const signed = signRequest({ method: 'POST', url, headers, body }, key, { scheme, now })
  return {
    method: 'POST',
    url: url.href,
    headers: { host: url.host, ...headers, ...signed },
    rawBody: body,
    now,
  }
}

export const isTaken = ({ status }: KithVerdict | FedifyVerdict): boolean => status === 202
