import { Instance } from '#core/instances/instance.model'
import { rows } from '#platform/db'
import { select } from '#platform/select'
import type { SchemeMemory } from './signatures/double-knock.ts'

/** Which signature scheme a host takes, remembered with the instance (federation rules 30, 31). */
export const schemes: SchemeMemory = {
  find: async (host) => {
    const known = await select({}, Instance, 'domain = $1', [host])
    if (!known?.signatureScheme || !known.schemeLearnedAt) return undefined
    return {
      scheme: known.signatureScheme,
      since: known.schemeLearnedAt.getTime(),
      failures: known.schemeFailures,
    }
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
