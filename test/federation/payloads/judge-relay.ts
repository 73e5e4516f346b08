import { instanceActorUri } from '#core/addresses'
import { subscribeToRelay } from '#core/relays/subscribe-to-relay'
import { remote } from '#federation/remote'
import { differences, type Scene } from './scene.ts'

/** Is it the instance itself whose Follow is answered? */
export const isOfRelay = ({ expect }: Scene): boolean => String(expect.follower).endsWith('/actor')

/** A relay that was asked takes this instance in. */
export async function judgeRelayAccept(scene: Scene): Promise<string[]> {
  const { world, expect, json } = scene
  world.everybodyIn(json)
  const relay = await subscribeToRelay(
    { actor: { kind: 'operator' }, remote },
    { url: String(expect.actor), kind: 'litepub' },
  )
  scene.mean({ [String(expect.object)]: relay.followUri, [String(expect.follower)]: instanceActorUri })
  const refused = await scene.deliver()
  const { state } = await relay.reload()
  return [...refused, ...differences({ state: ['accepted', state] })]
}
