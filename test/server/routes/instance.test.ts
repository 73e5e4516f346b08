import { Setting } from '#core/instances/setting.model'
import { Instance } from '#core/instances/instance.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { now } from '#platform/clock'
import { member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const decide = (settings: Record<string, unknown>) =>
  Setting.bulkCreate(Object.entries(settings).map(([key, value]) => ({ key, value })))

test('TRIP-13 the instance has every key that apps need before anybody logs in', async () => {
  const { status, body, headers } = await client().get('/api/v2/instance')
  expect(status).toBe(200)
  expectEntity('Instance', body)
  expect(body).toMatchObject({ domain: 'localhost:3000', contact: { email: '', account: null } })
  expect(headers.get('cache-control')).toMatch(/public/)
  for (const url of [body.thumbnail.url, body.icon[0].src])
    expect((await client().get(new URL(url).pathname)).headers.get('content-type')).toBe('image/png')
})

test('HTTP-20 TRIP-49 the older instance entity is complete too, and says that it is old', async () => {
  const { body, headers } = await client().get('/api/v1/instance')
  expectEntity('V1::Instance', body)
  expect(headers.get('deprecation')).toBe('@1668384000')
})

test('INST-01 the version begins with three numbers, and its build says who this is', async () => {
  for (const path of ['/api/v1/instance', '/api/v2/instance'])
    expect((await client().get(path)).body.version).toMatch(/^\d+\.\d+\.\d+\+kith-\d+\.\d+\.\d+$/)
})

test('INST-15 the streaming address is a WebSocket base without path or final slash', async () => {
  const [older, newer] = [await client().get('/api/v1/instance'), await client().get('/api/v2/instance')]
  expect(newer.body.configuration.urls.streaming).toBe('ws://localhost:3000')
  expect(older.body.urls.streaming_api).toBe('ws://localhost:3000')
})

test('INST-16 the key for push is an uncompressed P-256 point, the same that apps get', async () => {
  const { body } = await client().get('/api/v2/instance')
  const bytes = Buffer.from(body.configuration.vapid.public_key, 'base64url')
  expect([bytes.length, bytes[0]]).toEqual([65, 4])
  const app = await client().post('/api/v1/apps', { client_name: 'a', redirect_uris: 'a://b' })
  expect(app.body.vapid_key).toBe(body.configuration.vapid.public_key)
})

test('INST-17 sign-ups are announced as they are', async () => {
  await decide({ registrations: 'closed', minimumAge: 16 })
  const { body } = await client().get('/api/v2/instance')
  expect(body.registrations).toMatchObject({
    enabled: false,
    approval_required: false,
    min_age: 16,
    message: null,
  })
  expect((await client().get('/api/v1/instance')).body.registrations).toBe(false)
})

test('what the admins decided and how many are here shows in both entities', async () => {
  const keeper = await member('bea', { user: { lastActiveAt: now() }, account: { postsCount: 2 } })
  await Instance.bulkCreate([{ domain: 'far.example' }, { domain: 'near.example' }])
  await decide({
    title: 'Harbour',
    contactEmail: 'hello@harbour.example',
    contactAccountId: keeper.account.id,
    rules: [{ id: '1', text: 'Be kind', hint: '' }],
  })
  const { body } = await client().get('/api/v2/instance')
  expectEntity('Instance', body)
  expect(body).toMatchObject({
    title: 'Harbour',
    usage: { users: { active_month: 1 } },
    contact: { email: 'hello@harbour.example', account: { acct: 'bea' } },
    rules: [{ text: 'Be kind' }],
  })
  const older = await client().get('/api/v1/instance')
  expect(older.body.stats).toEqual({ user_count: 1, status_count: 2, domain_count: 2 })
})

test('the smaller answers about the instance keep their shapes', async () => {
  const shapes = {
    rules: 'Array<Rule>',
    extended_description: 'ExtendedDescription',
    privacy_policy: 'PrivacyPolicy',
    peers: 'Array<String>',
    translation_languages: 'TranslationLanguages',
    languages: 'Array<Language>',
  }
  for (const [name, entity] of Object.entries(shapes)) {
    const { status, body } = await client().get(`/api/v1/instance/${name}`)
    expect(status).toBe(200)
    expectEntity(entity, body)
  }
})

test('INST-21 the emojis of this instance that are enabled and have a picture are listed for everybody', async () => {
  const { account } = await member('alice')
  const picture = await Medium.create({
    ownerId: account.id,
    purpose: 'emoji',
    state: 'ready',
    fileKey: 'e/leaf.gif',
    staticKey: 'e/leaf.png',
  })
  await Emoji.bulkCreate([
    { shortcode: 'leaf', mediumId: picture.id, category: 'Trees' },
    { shortcode: 'off', mediumId: picture.id, isDisabled: true },
    { shortcode: 'far', mediumId: picture.id, domain: 'far.example' },
    { shortcode: 'bare' },
  ])
  const { body } = await client().get('/api/v1/custom_emojis')
  expectEntity('Array<CustomEmoji>', body)
  expect(body).toEqual([
    expect.objectContaining({ shortcode: 'leaf', category: 'Trees', visible_in_picker: true }),
  ])
})
