import { Instance } from '#core/instances/instance.model'
import { rows } from '#platform/db'
import { gather } from '#platform/gather'
import type { SchemeMemory } from './signatures/double-knock.ts'
import type { Scheme } from './signatures/signature.ts'

type Known = { domain: string; scheme: Scheme; since: Date; failures: number }

const known = gather<string, Known>(0, async (hosts) => {
  const found = await rows<Known>(
    {},
    `SELECT domain, signature_scheme AS scheme, scheme_learned_at AS since, scheme_failures AS failures FROM instances
     WHERE domain = ANY ($1) AND signature_scheme IS NOT NULL AND scheme_learned_at IS NOT NULL`,
    [[...new Set(hosts)]],
  )
  return new Map(found.map((each) => [each.domain, each]))
})

/**
 * Which signature scheme a host takes, remembered with the instance (federation rules 30, 31). Hosts that are asked for in one
 * moment are looked up together.
 */
export const schemes: SchemeMemory = {
  find: async (host) => {
    const found = await known(host)
    return found && { scheme: found.scheme, since: found.since.getTime(), failures: found.failures }
  },
  save: async (host, { scheme, since, failures }) => {
    await rows(
      {},
      `INSERT INTO instances (domain, signature_scheme, scheme_learned_at, scheme_failures) VALUES ($1, $2, $3, $4)
       ON CONFLICT (domain) DO UPDATE SET signature_scheme = excluded.signature_scheme,
         scheme_learned_at = excluded.scheme_learned_at, scheme_failures = excluded.scheme_failures`,
      [host, scheme, new Date(since), failures],
    )
  },
  forget: async (host) => {
    await Instance.update({ signatureScheme: null, schemeLearnedAt: null }, { where: { domain: host } })
  },
}
