import { createPrivateKey } from 'node:crypto'
import { stranger } from '#test/factories/account'
import { rsaPair } from './keys.ts'
import type { RemoteActor } from './remote-actor.ts'
import type { StubServer } from './stub-server.ts'

/** Somebody of a server that answers, whose key we hold too. */
export async function stubActor(stub: StubServer, name: string): Promise<RemoteActor> {
  const { publicKey, privateKey } = rsaPair()
  const uri = stub.actor(name)
  const account = await stranger(name, stub.domain, {
    uri,
    inboxUrl: `${uri}/inbox`,
    sharedInboxUrl: `${stub.origin}/inbox`,
    followersUrl: `${uri}/followers`,
    publicKeyId: `${uri}#main-key`,
    publicKeyPem: publicKey,
  })
  return { account, uri, keyId: `${uri}#main-key`, privateKey: createPrivateKey(privateKey) }
}
