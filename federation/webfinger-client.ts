import { isBarredDomain } from '#core/instances/instance.policy'
import { Invalid } from '#platform/errors'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import { log } from '#platform/log'
import { countFetch } from './first-contacts.ts'
import { flights } from './shared-flights.ts'
import { localHosts } from './signed-http.ts'
import { type RemoteHandle, createWebFinger } from './webfinger-lookup.ts'

const webfinger = createWebFinger({
  client: http,
  localHosts,
  isBarred: isBarredDomain,
  flights,
  onAsk: countFetch,
})

/** The handle under which an actor may be shown; undefined when no domain confirms one (federation rules 79 to 81). */
export const { confirmHandle } = webfinger

/** The actor of a handle, or the reason why there is none. Throws Invalid and FetchFailed. */
export const { lookUpHandle } = webfinger

/** The ActivityPub id behind a handle, or undefined when its domain names none (wire 4.1). */
export async function findActorId(handle: RemoteHandle): Promise<string | undefined> {
  try {
    return (await webfinger.lookUpHandle(handle)).id
  } catch (error) {
    if (!(error instanceof FetchFailed || error instanceof Invalid)) throw error
    const detail = error instanceof FetchFailed ? error.detail : error.message
    log.debug({ ...handle, detail }, 'WebFinger gave nothing')
    return undefined
  }
}
