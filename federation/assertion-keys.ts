import type { AssertionKey } from '#core/accounts/account.model'
import { idOf, type Json, objectsOf, sameOrigin, textOf, typeOf } from './properties.ts'
import { readPublicKey } from './signatures/public-key.ts'

const MOST = 10

/**
 * The Ed25519 keys that an actor signs objects with (FEP-521a): on its own server, controlled by itself, and of that kind;
 * others are left out (federation rule 26).
 */
export const readAssertionKeys = (actor: Json, uri: string): AssertionKey[] =>
  objectsOf(actor.assertionMethod)
    .flatMap((key) => {
      const [id, material] = [textOf(key.id), textOf(key.publicKeyMultibase)]
      if (!id || !material || !typeOf(key, ['Multikey']) || !sameOrigin(id, uri)) return []
      if (idOf(key.controller) !== uri || readPublicKey(material)?.asymmetricKeyType !== 'ed25519') return []
      return [{ id, material }]
    })
    .slice(0, MOST)
