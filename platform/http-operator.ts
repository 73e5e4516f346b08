import { Agent, fetch as undiciFetch } from 'undici'

/**
 * Connections to what the operator named in the configuration, such as object storage: private addresses and any port
 * are fine there. Whoever answers slowly is given up: 5 s to connect, 10 s between any two signs of life.
 */
const agent = new Agent({
  connect: { timeout: 5_000 },
  headersTimeout: 10_000,
  bodyTimeout: 10_000,
  connections: 32,
})

/** `fetch` for libraries that talk to the operator's own services. Never give it an address that came from elsewhere. */
export const operatorFetch = ((
  input: Parameters<typeof undiciFetch>[0],
  init: Parameters<typeof undiciFetch>[1],
) => undiciFetch(input, { ...init, dispatcher: agent })) as unknown as typeof globalThis.fetch
