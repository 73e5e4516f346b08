import { setGlobalDispatcher } from 'undici'
import { instance } from '#config/instance'
import { rates } from '#config/rates'
import manifest from '../package.json' with { type: 'json' }
import { createHttpClient } from './http-client.ts'
import { httpLimits } from './http-request.ts'

/** The client of this instance. It says who it is, and reaches private addresses only where the operator allows. */
export const http = createHttpClient({
  userAgent: `Kith/${manifest.version} (+${instance.origin}/)`,
  allowPrivate: instance.allowPrivateAddresses,
  limits: { paceMs: httpLimits.paceMs / rates.factor },
})

/** Puts the guard under the global `fetch` too: Fedify's own senders and loaders use it. Once at the start of a process. */
export function guardFetch(): void {
  setGlobalDispatcher(http.dispatcher)
}
