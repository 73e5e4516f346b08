import { resolve } from 'node:path'
import { z } from 'zod'
import { address, flag, read, whole } from './read.ts'

const env = read({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  KITH_ORIGIN: address('http', 'https').optional(),
  KITH_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/i, 'it must be a host name')
    .optional(),
  KITH_DATA: z.string().default('./data'),
  KITH_TRUSTED_PROXIES: z.string().default('loopback'),
  KITH_ROLE: z
    .enum(['all', 'web', 'streaming', 'worker'], 'it must be all, web, streaming or worker')
    .default('all'),
  KITH_METRICS_PORT: whole(1, 65_535).optional(),
  KITH_WEB_PROCESSES: whole(1, 64).default(1),
  KITH_STREAMING_URL: address('ws', 'wss').optional(),
  KITH_ALLOW_PRIVATE_ADDRESSES: flag.optional(),
})

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)
const origin = new URL(env.KITH_ORIGIN ?? `http://localhost:${env.PORT}`)

const streaming = new URL(env.KITH_STREAMING_URL ?? origin.origin.replace(/^http/, 'ws'))

/** Where this instance listens, what it is called, and what it may reach. */
export const instance = Object.freeze({
  port: env.PORT,
  host: env.HOST,
  /** Public origin without a final slash: `https://kith.example`. */
  origin: origin.origin,
  /** Host of the origin with its port, as it stands in ids. */
  webHost: origin.host,
  /** The domain of handles. */
  domain: (env.KITH_DOMAIN ?? origin.host).toLowerCase(),
  /** Where apps open streams, without a final slash: `wss://kith.example` (STRM-20, TRIP-21). */
  streamingUrl: `${streaming.protocol}//${streaming.host}`,
  /** Are streams served under another host name than everything else? */
  hasStreamingHost: streaming.host !== origin.host,
  isSecure: origin.protocol === 'https:',
  data: resolve(env.KITH_DATA),
  trustedProxies: env.KITH_TRUSTED_PROXIES.split(',').map((each) => each.trim()),
  role: env.KITH_ROLE,
  webProcesses: env.KITH_WEB_PROCESSES,
  /** Where a worker answers probes and metrics; undefined when it listens nowhere. */
  metricsPort: env.KITH_METRICS_PORT,
  allowPrivateAddresses: env.KITH_ALLOW_PRIVATE_ADDRESSES ?? isLoopback(origin.hostname),
})
