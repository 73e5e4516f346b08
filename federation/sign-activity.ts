import { signJsonLd } from '@fedify/fedify'
import { federation } from '#config/federation'
import { openKey } from '#core/accounts/account-keys'
import type { Id } from '#platform/ids'
import { loadContext } from './contexts.ts'
import { isForAllowedOnly } from './allowed-only.ts'
import { idsOf, type Json, typeOf } from './properties.ts'
import { proveActivity } from './prove-activity.ts'
import { PUBLIC } from './vocabulary.ts'

const signed = ['Create', 'Update', 'Delete', 'Announce', 'Add', 'Remove'] as const

/**
 * The activity with an integrity proof and an LD signature by its sender, by which others believe it whoever passes it on:
 * servers hand answers on to those who follow a thread, and relays hand on everything (wire 15.1, 15.2). Only what everybody
 * may see gets them (federation rule 136); where documents are for whoever signs, nothing but an end, for a signed copy goes
 * past that. An end has no proof: Mastodon hands on only what it has a word for, and ends must get everywhere.
 */
export async function signActivity(
  activity: Json,
  senderId: Id,
  { mustBeSigned }: { mustBeSigned: boolean } = federation,
): Promise<Json> {
  const type = typeOf(activity, signed)
  const isOpen = [...idsOf(activity.to), ...idsOf(activity.cc)].includes(PUBLIC)
  // What a group passes on was written by others, who may have made it costly to work on, and stands at its origin.
  const isAnothers = type === 'Announce' && typeof activity.object !== 'string'
  if (!type || !isOpen || isAnothers) return activity
  if (type !== 'Delete' && (mustBeSigned || (await isForAllowedOnly()))) return activity
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  // The library takes none that could not be taken out again.
  const privateKey = (await openKey(senderId)).toCryptoKey(algorithm, true, ['sign'])
  const keyId = new URL(`${String(activity.actor)}#main-key`)
  // What is written as JSON is what is signed: values that are undefined are not there.
  const sent = JSON.parse(JSON.stringify(activity)) as Json
  const proven = type === 'Delete' ? sent : await proveActivity(sent, senderId)
  return (await signJsonLd(proven, privateKey, keyId, { contextLoader: loadContext })) as Json
}
