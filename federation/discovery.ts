import { createFederation, MemoryKvStore } from '@fedify/fedify'
import { Endpoints, Person } from '@fedify/vocab'
import { instance } from '#config/instance'
import { Account } from '#core/accounts/account.model'
import { lookUpAccount } from '#core/accounts/look-up-account'
import { accountUri, accountUrl } from '#core/addresses'
import { nowhere } from '#core/remote'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { instanceFigures } from './figures.ts'
import { version } from './version.ts'

/**
 * The Fedify instance: it answers WebFinger and NodeInfo 2.1. What it leaves to Kith, and why activities and documents
 * do not go through it, is in docs/decisions/0002.
 */
export const fedify = createFederation<void>({
  kv: new MemoryKvStore(),
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

fedify.setWebFingerLinksDispatcher(() => [
  {
    rel: 'http://ostatus.org/schema/1.0/subscribe',
    template: `${instance.origin}/authorize_interaction?uri={uri}`,
  },
])

fedify.setNodeInfoDispatcher('/nodeinfo/2.1', async () => {
  const figures = await instanceFigures()
  return {
    software: { name: 'kith', version },
    protocols: ['activitypub'],
    openRegistrations: figures.openRegistrations,
    usage: { users: figures.users, localPosts: figures.localPosts, localComments: 0 },
    metadata: { ...figures.metadata },
  }
})
