import { instance } from '#config/instance'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { pictureOrNone } from '#server/pages/entity-views'
import { pages } from '#server/pages/pages'
import { collectionPage } from '#server/pages/views/collection'
import type { AccountJson } from '#server/serializers/account'
import { collectionWithAccountsJson } from '#server/serializers/collection'

const personOf = (account: AccountJson) => ({
  displayName: account.display_name,
  handle: account.acct.includes('@') ? `@${account.acct}` : `@${account.acct}@${instance.domain}`,
  url: account.url,
  avatarUrl: pictureOrNone(account.avatar),
})

export default pages((r) => {
  r.get('/collections/:id', async ({ ctx, req, site }) => {
    const { id } = req.params
    if (!isId(id)) throw new NotFound()
    const { collection, accounts } = await collectionWithAccountsJson(ctx, id)
    const byId = new Map(accounts.map((account) => [account.id, account]))
    const owner = byId.get(collection.account_id)
    if (!owner) throw new NotFound()
    const people = collection.items.flatMap(({ account_id: each }) => byId.get(each) ?? [])
    return collectionPage(site, {
      id,
      name: collection.name,
      description: collection.description,
      owner: personOf(owner),
      people: people.map(personOf),
      isUnlisted: !collection.discoverable,
    })
  })
})
