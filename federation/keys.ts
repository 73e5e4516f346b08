import { rates } from '#config/rates'
import { Account } from '#core/accounts/account.model'
import { isBarredDomain } from '#core/instances/instance.policy'
import { FetchFailed } from '#platform/http-errors'
import { select } from '#platform/select'
import { assertMayAsk, registered } from './first-contacts.ts'
import { inboxLimits } from './inbox-limits.ts'
import { fetchDocument } from './load-document.ts'
import { patiently } from './shared-flights.ts'
import { sharedMarks } from './shared-marks.ts'
import type { FetchDocument } from './signatures/fetch-key.ts'
import { createKeyFinder } from './signatures/find-key.ts'
import { createKeyTurns, turnLimits } from './signatures/key-turns.ts'
import type { KeyStore } from './signatures/key-store.ts'
import { checkOutgoing } from './signed-http.ts'

/** Keys of accounts that are here stand with the account; the marks of fetches lapse in Redis. */
const store: KeyStore = {
  find: async (keyId) => {
    const owner = await select({}, Account, 'public_key_id = $1 AND gone_at IS NULL', [keyId])
    return owner?.uri && owner.publicKeyPem
      ? { keyId, owner: owner.uri, material: owner.publicKeyPem }
      : undefined
  },
  save: async ({ keyId, owner, material }) => {
    // An account has one key here, and that is the RSA key which everybody signs with.
    if (!material.startsWith('-----')) return
    await Account.update({ publicKeyId: keyId, publicKeyPem: material }, { where: { uri: owner } })
  },
  ...sharedMarks,
}

// Whoever signed is there: what failed a while ago may work now. Failures of keys have a memory of their own. Keys of
// barred domains are not fetched (federation rule 48). Whoever makes up new ones all the time is told to come again, before
// we are what floods that host (rule 49).
const fetchKeyDocument: FetchDocument = async (url, freshness) => {
  if (await isBarredDomain(new URL(url).host))
    throw new FetchFailed('refused', url, 'a rule here bars its domain')
  await assertMayAsk(new URL(url).host, freshness?.recent ? { newActor: url } : {})
  await inboxLimits.keys.take(registered(new URL(url).host))
  return fetchDocument(url, { sameHost: true, anew: true, ...freshness })
}

/** The key of a key id: the stored one, else as it is fetched and bound to its owner (wire 3.5). */
export const findKey = createKeyFinder({
  store,
  fetchDocument: fetchKeyDocument,
  checkAddress: checkOutgoing,
  turns: createKeyTurns(turnLimits(rates.factor), patiently),
})
