import type { FetchMeans } from '#federation/fetch-document'
import { createFetchMemory } from '#federation/fetch-memory'
import type { KnownScheme } from '#federation/signatures/double-knock'
import { createHttpClient } from '#platform/http-client'
import { memoryKeyStore } from './keys.ts'

/** What a document fetcher needs, with memories of its own; `asked` tells which scheme was used where. */
export function federationMeans(): FetchMeans & { asked: string[]; close(): Promise<void> } {
  const client = createHttpClient({ userAgent: 'Kith', allowPrivate: true })
  const table = new Map<string, KnownScheme>()
  const asked: string[] = []
  return {
    client,
    asked,
    close: () => client.close(),
    localHosts: ['kith.example'],
    memory: createFetchMemory(memoryKeyStore()),
    schemes: {
      find: async (host) => table.get(host),
      save: async (host, known) => void table.set(host, known),
      forget: async (host) => void table.delete(host),
    },
    sign: ({ url }, scheme) => {
      asked.push(`${scheme} ${url.pathname}`)
      return { signature: scheme, ...(scheme === 'rfc9421' && { 'signature-input': 'sig1=()' }) }
    },
  }
}
