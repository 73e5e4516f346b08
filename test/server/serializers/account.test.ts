import { Medium } from '#core/media/medium.model'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import { accountsJson, oneAccountJson } from '#server/serializers/account'
import { credentialAccountJson } from '#server/serializers/credential-account'
import { cast, member, stranger } from '#test/factories/account'
import { expectEntity } from '#test/support/contract'

const ctx = { actor: { kind: 'visitor' as const }, remote: nowhere }

test('ID-08 TRIP-12 ID-09 an account has every key of its entity, absolute default pictures and a day as its age', async () => {
  const { account } = await member('alice', { account: { lastPostAt: new Date('2026-03-04T21:00:00Z') } })
  const json = await oneAccountJson(ctx, account.id)
  expectEntity('Account::Local', json)
  expect(json).toMatchObject({
    acct: 'alice',
    avatar: expect.stringMatching(/^https?:\/\/.+\/avatars\/original\/missing\.png$/),
    header_static: expect.stringMatching(/^https?:\/\/.+\/headers\/original\/missing\.png$/),
    created_at: expect.stringMatching(/T00:00:00\.000Z$/),
    last_status_at: '2026-03-04',
    roles: [],
  })
})

test('ACCT-12 an account of another server is called user@domain and has no keys of members', async () => {
  const bob = await stranger('bob', 'far.example')
  const json = await oneAccountJson(ctx, bob.id)
  expectEntity('Account', json)
  expect(json.acct).toBe('bob@far.example')
  expect(json).not.toHaveProperty('noindex')
})

test('ACCT-07 pictures of other servers go through the proxy, those here have a moving and a still form', async () => {
  const bob = await stranger('bob')
  const avatar = await Medium.create({
    ownerId: bob.id,
    purpose: 'avatar',
    state: 'remote',
    remoteUrl: 'https://remote.example/a.gif',
    description: 'Me',
  })
  const header = await Medium.create({
    ownerId: bob.id,
    purpose: 'header',
    state: 'ready',
    fileKey: 'h/1.webp',
    staticKey: 'h/1.png',
  })
  await bob.update({ avatarId: avatar.id, headerId: header.id })
  const json = await oneAccountJson(ctx, bob.id)
  expectEntity('Account', json)
  expect(json.avatar).toMatch(new RegExp(`/media_proxy/${avatar.id}/original\\?s=[\\w-]{22}$`))
  expect(json.avatar_description).toBe('Me')
  expect([json.header, json.header_static]).toEqual([
    expect.stringMatching(/\/media\/h\/1\.webp$/),
    expect.stringMatching(/\/media\/h\/1\.png$/),
  ])
})

test('ACCT-08 of a suspended account only its name and address are told', async () => {
  const { account } = await member('mallory', {
    account: {
      suspendedAt: now(),
      displayName: 'Mallory',
      noteHtml: '<p>hi</p>',
      fields: [{ name: 'a', value: 'b', valueHtml: 'b' }],
    },
  })
  const json = await oneAccountJson(ctx, account.id)
  expectEntity('Account', json)
  expect(json).toMatchObject({
    id: account.id,
    acct: 'mallory',
    suspended: true,
    display_name: '',
    note: '',
    fields: [],
  })
})

test('ACCT-09 a limited account says so', async () => {
  const { account } = await member('loud', { account: { silencedAt: now() } })
  expect(await oneAccountJson(ctx, account.id)).toMatchObject({ limited: true })
})

test('ACCT-11 an account that moved shows where to, and that one not where it moved', async () => {
  const [last, middle, first] = [await stranger('last'), await stranger('middle'), await stranger('first')]
  await middle.update({ movedToId: last.id })
  await first.update({ movedToId: middle.id })
  const json = await oneAccountJson(ctx, first.id)
  expectEntity('Account', json)
  expect(json.moved).toMatchObject({ id: middle.id })
  expect(json.moved).not.toHaveProperty('moved')
})

test('many accounts come in the order asked for, and those that are unknown are left out', async () => {
  const { alice, bob } = await cast('alice', 'bob')
  const json = await accountsJson(ctx, [{ id: bob.account.id }, { id: '1' }, { id: alice.account.id }])
  expect(json.map(({ acct }) => acct)).toEqual(['bob', 'alice'])
})

test('TRIP-59 an emoji without a picture is left out', async () => {
  const { account } = await member('alice', {
    account: {
      emojis: [
        { shortcode: 'leaf', url: 'https://kith.example/leaf.gif', staticUrl: '' },
        { shortcode: 'gone', url: '', staticUrl: '' },
      ],
    },
  })
  const json = await oneAccountJson(ctx, account.id)
  expectEntity('Account', json)
  expect(json.emojis.map(({ shortcode }) => shortcode)).toEqual(['leaf'])
})

test('ACCT-01 the own account carries texts as typed, posting defaults and the role', async () => {
  const { account } = await member('alice', {
    account: {
      note: 'one\ntwo',
      noteHtml: '<p>one<br />two</p>',
      fields: [{ name: 'site', value: 'https://a.example', valueHtml: '<a href="https://a.example">a</a>' }],
    },
    user: { role: 'owner', defaultVisibility: 'unlisted' },
  })
  const json = await credentialAccountJson(ctx, account.id)
  expectEntity('CredentialAccount', json)
  expect(json).toMatchObject({
    note: '<p>one<br />two</p>',
    source: { note: 'one\ntwo', privacy: 'unlisted', fields: [{ value: 'https://a.example' }] },
    role: { name: 'Owner', highlighted: true },
    roles: [{ name: 'Owner' }],
  })
})
