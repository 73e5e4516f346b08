import { Account } from '#core/accounts/account.model'
import { receiveAccount, type RemoteAccount } from '#core/accounts/receive-account'
import { outside } from '#test/factories/remote-post'

const draft: RemoteAccount = {
  uri: 'https://remote.example/users/ann',
  url: null,
  username: 'ann',
  domain: 'remote.example',
  kind: 'person',
  displayName: 'Ann',
  noteHtml: '',
  fields: [],
  emojis: [],
  isLocked: false,
  isDiscoverable: true,
  isIndexable: true,
  isMemorial: false,
  inboxUrl: 'https://remote.example/users/ann/inbox',
  sharedInboxUrl: null,
  outboxUrl: null,
  followersUrl: null,
  followingUrl: null,
  featuredUrl: null,
  publicKeyId: null,
  publicKeyPem: null,
  alsoKnownAs: [],
}

test('R-021: an account that several processes receive at once is one', async () => {
  const received = await Promise.all(Array.from({ length: 8 }, () => receiveAccount(outside, draft)))
  expect(new Set(received.map(({ id }) => id)).size).toBe(1)
})

test('federation rule 81: of two who claim one handle at once, one has it', async () => {
  const other = { ...draft, uri: 'https://remote.example/users/ann-again' }
  await Promise.all([receiveAccount(outside, draft), receiveAccount(outside, other)])
  expect(await Account.count({ where: { username: 'ann', domain: 'remote.example' } })).toBe(1)
})
