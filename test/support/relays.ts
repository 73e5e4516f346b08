import { instanceActorUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import type { Relay } from '#core/relays/relay.model'
import { subscribeToRelay } from '#core/relays/subscribe-to-relay'
import type { Json } from '#federation/properties'
import { remote } from '#federation/remote'
import { PUBLIC } from '#federation/vocabulary'
import { activityOf, type RemoteActor, tell } from './remote-actor.ts'
import { settle } from './settle.ts'
import { stubActor } from './stub-actor.ts'
import type { StubServer } from './stub-server.ts'

/** Whoever has the command line, and can look at other servers. */
export const operator: Ctx = { actor: { kind: 'operator' }, remote }

/** The relay of a server that answers, with the inbox `/inbox`. */
export async function relayActor(stub: StubServer): Promise<RemoteActor> {
  const found = await stubActor(stub, 'relay')
  await found.account.update({ kind: 'application', inboxUrl: `${stub.origin}/inbox` })
  return found
}

/** Asks a relay, by its inbox or actor. */
export const ask = (url: string): Promise<Relay> => subscribeToRelay(operator, { url })

/** Its answer to our Follow. */
export const answerOf = (home: RemoteActor, type: 'Accept' | 'Reject', relay: Relay, more: Json = {}) =>
  activityOf(home, type, {
    id: relay.followUri,
    type: 'Follow',
    actor: instanceActorUri,
    object: PUBLIC,
    ...more,
  })

/** A relay that was asked at this address and took this instance in. */
export async function subscribed(home: RemoteActor, url: string): Promise<Relay> {
  const relay = await ask(url)
  await settle({ except: ['schedule'] })
  await tell(home, answerOf(home, 'Accept', relay))
  await relay.reload()
  if (relay.state !== 'accepted') throw new Error(`the relay is ${relay.state}`)
  return relay
}
