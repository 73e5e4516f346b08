import { createFederation, importJwk } from '@fedify/fedify'
import { Endpoints, Person } from '@fedify/vocab'
import { createPublicKey } from 'node:crypto'
import { instance } from '#config/instance'
import { Account } from '#core/accounts/account.model'
import { keysOf } from '#core/accounts/account-keys'
import { lookUpAccount } from '#core/accounts/look-up-account'
import { accountUri, accountUrl } from '#core/addresses'
import { nowhere } from '#core/remote'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import type { OwedRow } from '#platform/owed-work'
import { loadContext } from './contexts.ts'
import { fedifyQueue, restore } from './fedify-queue.ts'
import { fedifyStore } from './fedify-store.ts'
import { instanceFigures } from './figures.ts'
import { loadDocument } from './load-document.ts'
import { version } from './version.ts'

const readDocument = async (address: string) => {
  const { url, document } = await loadDocument(address)
  return { contextUrl: null, documentUrl: url, document }
}

// Fedify takes loaders of ours only while private addresses are closed to it.
const loaders = instance.allowPrivateAddresses
  ? { allowPrivateAddress: true }
  : {
      documentLoaderFactory: () => readDocument,
      authenticatedDocumentLoaderFactory: () => readDocument,
      contextLoaderFactory: () => loadContext,
    }

/**
 * The Fedify instance: it answers WebFinger and NodeInfo 2.1, and whatever it queues is owed work. What it leaves to
 * Kith, and why activities and documents do not go through it, is in docs/decisions/0002.
 */
export const fedify = createFederation<void>({
  kv: fedifyStore,
  queue: fedifyQueue,
  manuallyStartQueue: true,
  ...loaders,
  origin: { handleHost: instance.domain, webOrigin: instance.origin },
})

fedify
  .setActorDispatcher('/users/{identifier}', async (_ctx, identifier) => {
    const account = isId(identifier) ? await Account.findByPk(identifier) : null
    if (!account?.isLocal || account.goneAt || account.suspendedAt) return null
    return new Person({
      id: new URL(accountUri(account)),
      preferredUsername: account.username,
      url: new URL(accountUrl(account)),
      inbox: new URL(`${accountUri(account)}/inbox`),
      endpoints: new Endpoints({ sharedInbox: new URL('/inbox', instance.origin) }),
    })
  })
  .setKeyPairsDispatcher(async (_ctx, identifier) => {
    const { publicPem, privateKey } = await keysOf(identifier)
    const jwk = { alg: 'RS256', ext: true } as const
    return [
      {
        publicKey: await importJwk(
          { ...createPublicKey(publicPem).export({ format: 'jwk' }), ...jwk },
          'public',
        ),
        privateKey: await importJwk({ ...privateKey.export({ format: 'jwk' }), ...jwk }, 'private'),
      },
    ]
  })
  .mapHandle(async (_ctx, username) => {
    try {
      return (await lookUpAccount({ actor: { kind: 'visitor' }, remote: nowhere }, { acct: username })).id
    } catch (error) {
      if (error instanceof NotFound) return null
      throw error
    }
  })
  .mapAlias(async (_ctx, url) => {
    const [, username] = /^\/@(\w+)$/.exec(url.pathname) ?? []
    return username ? { username } : null
  })

fedify.setInboxListeners('/users/{identifier}/inbox', '/inbox')

fedify.setWebFingerLinksDispatcher(() => [
  {
    rel: 'http://ostatus.org/schema/1.0/subscribe',
    template: `${instance.origin}/authorize_interaction?uri={uri}`,
  },
])

fedify.setNodeInfoDispatcher('/nodeinfo/2.1', async () => {
  const figures = await instanceFigures()
  return {
    software: { name: figures.softwareName, version },
    protocols: ['activitypub'],
    openRegistrations: figures.openRegistrations,
    usage: { users: figures.users, localPosts: figures.localPosts, localComments: 0 },
    metadata: { ...figures.metadata },
  }
})

/** Works on a message that Fedify queued. */
export const processFedify = async ({ payload }: OwedRow): Promise<void> =>
  fedify.processQueuedTask(undefined, await restore(payload))
