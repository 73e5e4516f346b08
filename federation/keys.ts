import { Account } from '#core/accounts/account.model'
import { orElse, redis } from '#platform/redis'
import { loadDocument } from './load-document.ts'
import { createKeyFinder } from './signatures/find-key.ts'
import type { KeyStore } from './signatures/key-store.ts'
import { checkOutgoing } from './signed-http.ts'

const name = (mark: string): string => `kith:key:${mark}`

/** Keys of accounts that are here stand with the account; the marks of fetches lapse in Redis. */
const store: KeyStore = {
  find: async (keyId) => {
    const owner = await Account.findOne({
      attributes: ['uri', 'publicKeyPem'],
      where: { publicKeyId: keyId, goneAt: null },
    })
    return owner?.uri && owner.publicKeyPem
      ? { keyId, owner: owner.uri, material: owner.publicKeyPem }
      : undefined
  },
  save: async ({ keyId, owner, material }) => {
    await Account.update({ publicKeyId: keyId, publicKeyPem: material }, { where: { uri: owner } })
  },
  claim: (mark, ms) => orElse(async () => (await redis.set(name(mark), '1', 'PX', ms, 'NX')) === 'OK', true),
  remember: async (mark, value, ms) =>
    void (await orElse(() => redis.set(name(mark), value, 'PX', ms), null)),
  recall: async (mark) => (await orElse(() => redis.get(name(mark)), null)) ?? undefined,
}

/** The key of a key id: the stored one, else as it is fetched and bound to its owner (wire 3.5). */
export const findKey = createKeyFinder({ store, fetchDocument: loadDocument, checkAddress: checkOutgoing })
