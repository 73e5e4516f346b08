import { openAsBlob } from 'node:fs'
import { Account } from '#core/accounts/account.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { rows } from '#platform/db'
import { cast, member } from '#test/factories/account'
import { file, fileOf } from '#test/factories/medium'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const path = '/api/v1/accounts/update_credentials'
const facts = async () =>
  (
    await rows<{ name: string }>({}, `SELECT payload->>'name' AS name FROM owed_work WHERE kind = 'fact'`)
  ).map(({ name }) => name)

test('ACCT-02 only what was sent changes; an empty text removes one', async () => {
  const alice = await member('alice', { account: { displayName: 'Alice', isLocked: true, note: 'old' } })
  const app = client(alice)
  const { status, body } = await app.patch(path, { note: 'one\ntwo <b>', bot: 'true' })
  expect(status).toBe(200)
  expectEntity('CredentialAccount', body)
  expect(body).toMatchObject({
    display_name: 'Alice',
    locked: true,
    bot: true,
    note: '<p>one<br />two &lt;b&gt;</p>',
  })
  expect(body.source.note).toBe('one\ntwo <b>')
  const cleared = await app.put(path, { note: '', display_name: '', locked: false })
  expect(cleared.body).toMatchObject({ note: '', display_name: '', locked: false, bot: true })
})

test('ACCT-03 the table of fields is replaced as a whole; blank rows are dropped', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const form =
    'fields_attributes[0][name]=Site&fields_attributes[0][value]=https%3A%2F%2Falice.example%2F&fields_attributes[7][name]=&fields_attributes[7][value]='
  const { body } = await app.patch(path, new URLSearchParams(form))
  expectEntity('CredentialAccount', body)
  expect(body.source.fields).toEqual([{ name: 'Site', value: 'https://alice.example/', verified_at: null }])
  expect(body.fields[0].value).toContain('rel="nofollow noopener me"')
  const list = await app.patch(path, { fields_attributes: [{ name: 'Tea', value: 'mint' }] })
  expect(list.body.source.fields.map(({ name }: { name: string }) => name)).toEqual(['Tea'])
  const map = await app.patch(path, {
    fields_attributes: { 5: { name: 'A', value: '1' }, 9: { name: 'B', value: '2' } },
  })
  expect(map.body.source.fields.map(({ name }: { name: string }) => name)).toEqual(['A', 'B'])
  expect((await app.patch(path, { fields_attributes: [] })).body.fields).toEqual([])
})

test('ACCT-04 posting defaults change one by one, and only to what there is', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const form = new URLSearchParams({
    'source[privacy]': 'private',
    'source[sensitive]': '1',
    'source[language]': 'de',
  })
  expect((await app.patch(path, form)).body.source).toMatchObject({
    privacy: 'private',
    sensitive: true,
    language: 'de',
  })
  const next = await app.patch(path, { source: { quote_policy: 'followers', language: '' } })
  expect(next.body.source).toMatchObject({ privacy: 'private', quote_policy: 'followers', language: null })
  for (const source of [{ privacy: 'secret' }, { quote_policy: 'some' }, { language: 'not a language' }]) {
    const { status, body } = await app.patch(path, { source })
    expect(status).toBe(422)
    expectEntity('ValidationError', body)
  }
})

test('ACCT-05 too much text is refused, field by field', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const long = [
    [{ display_name: 'x'.repeat(41) }, 'display_name'],
    [{ note: 'x'.repeat(501) }, 'note'],
    [{ fields_attributes: Array.from({ length: 5 }, () => ({ name: 'a', value: 'b' })) }, 'fields'],
    [{ fields_attributes: [{ name: 'a', value: 'x'.repeat(256) }] }, 'fields'],
    [{ fields_attributes: [{ name: '', value: 'x' }] }, 'fields'],
    [{ avatar_description: 'x'.repeat(151) }, 'avatar_description'],
  ] as const
  for (const [input, field] of long) {
    const { status, body } = await app.patch(path, input)
    expect(status).toBe(422)
    expectEntity('ValidationError', body)
    expect(Object.keys(body.details)).toEqual([field])
  }
  const fits = await app.patch(path, { note: `${'x'.repeat(470)} https://example.com/${'y'.repeat(200)}` })
  expect(fits.status).toBe(200)
})

test('TRIP-39 ACCT-05 an avatar and a header come as files, whatever the app calls them', async () => {
  const { alice } = await cast('alice')
  const form = new FormData()
  form.set('avatar', new Blob([await (await openAsBlob((await file('photo.jpg')).path)).arrayBuffer()]))
  form.set('header', await openAsBlob((await file('cover.png')).path), 'x.bin')
  form.set('avatar_description', 'Me at sea')
  const { status, body } = await client(alice).patch(path, form)
  expect(status).toBe(200)
  expectEntity('CredentialAccount', body)
  expect(body.avatar).toMatch(/\/media\//)
  expect(body.avatar_description).toBe('Me at sea')
  expect((await client().get(new URL(body.avatar).pathname)).headers.get('content-type')).toMatch(/^image\//)
})

test('ACCT-05 what is no picture is refused and changes nothing', async () => {
  const { alice } = await cast('alice')
  const form = new FormData()
  form.set(
    'avatar',
    await openAsBlob((await fileOf('<svg xmlns="http://www.w3.org/2000/svg"/>')).path),
    'a.svg',
  )
  form.set('display_name', 'New')
  const { status, body } = await client(alice).patch(path, form)
  expect(status).toBe(422)
  expectEntity('Error', body)
  expect((await alice.account.reload()).displayName).toBe('alice')
})

test('ACCT-06 removing a picture puts the default one back, twice is fine, and the file goes', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const form = new FormData()
  form.set('avatar', await openAsBlob((await file('photo.jpg')).path), 'a.jpg')
  await app.patch(path, form)
  for (let at = 0; at < 2; at += 1) {
    const { status, body } = await app.delete('/api/v1/profile/avatar')
    expect(status).toBe(200)
    expectEntity('CredentialAccount', body)
    expect(body.avatar).toMatch(/missing\.png$/)
  }
  expect((await app.delete('/api/v1/profile/header')).status).toBe(200)
  expect(await Medium.count()).toBe(0)
})

test('HTML-08 mentions of known accounts become links, in fields with the full address', async () => {
  const { alice } = await cast('alice', 'bob')
  const { body } = await client(alice).patch(path, {
    note: 'with @bob and @nobody',
    fields_attributes: [{ name: 'Friend', value: '@bob' }],
  })
  expect(body.note).toContain('@<span>bob</span>')
  expect(body.note).toContain('@nobody')
  expect(body.fields[0].value).not.toContain('<p>')
})

test('STAT-05 emojis lists the custom emojis that the profile uses', async () => {
  const { alice } = await cast('alice')
  const picture = await Medium.create({
    ownerId: alice.account.id,
    purpose: 'emoji',
    state: 'ready',
    fileKey: 'e/leaf.png',
  })
  await Emoji.bulkCreate([
    { shortcode: 'leaf', mediumId: picture.id },
    { shortcode: 'unused', mediumId: picture.id },
  ])
  const { body } = await client(alice).patch(path, { display_name: 'Alice :leaf:' })
  expectEntity('CredentialAccount', body)
  expect(body.emojis.map(({ shortcode }: { shortcode: string }) => shortcode)).toEqual(['leaf'])
})

test('a change is told to others once, no change to nobody', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  await app.patch(path, { display_name: 'New' })
  expect(await facts()).toEqual(['account.updated'])
  await app.patch(path, { display_name: 'New', source: { privacy: 'private' } })
  expect(await facts()).toEqual(['account.updated'])
})

test('TRIP-50 explicit nulls and unknown parameters change nothing', async () => {
  const { alice } = await cast('alice')
  const { status } = await client(alice).patch(path, {
    display_name: null,
    note: null,
    fields_attributes: null,
    role: 'owner',
    id: '1',
  })
  expect(status).toBe(200)
  expect(await Account.findByPk(alice.account.id)).toMatchObject({ displayName: 'alice' })
})

test('ACCT-44 INST-10 the profile has raw and formatted texts side by side, and null for default pictures', async () => {
  const alice = await member('alice', { account: { note: 'one\ntwo' } })
  const app = client(alice)
  const first = await client(alice, ['profile']).get('/api/v1/profile')
  expectEntity('Profile', first.body)
  expect(first.body).toMatchObject({ note: 'one\ntwo', avatar: null, header: null, show_media: true })
  const change = {
    note: 'a <b>',
    show_media: 'false',
    show_media_replies: '0',
    show_featured: 'off',
    fields_attributes: [{ name: 'Site', value: 'https://alice.example/' }],
  }
  const { body } = await app.patch('/api/v1/profile', change)
  expectEntity('Profile', body)
  expect(body).toMatchObject({
    note: 'a <b>',
    formatted_note: '<p>a &lt;b&gt;</p>',
    show_media: false,
    show_media_replies: false,
    show_featured: false,
    fields: [{ value: 'https://alice.example/' }],
  })
  expect(body.formatted_fields[0].value).toContain('<a href')
  const shown = (await client().get(`/api/v1/accounts/${alice.account.id}`)).body
  expect(shown).toMatchObject({ show_media: false, show_media_replies: false, show_featured: false })
  expect((await app.put('/api/v1/profile', { show_media: true })).body).toMatchObject({
    note: 'a <b>',
    show_media: true,
  })
  const refused = await app.patch('/api/v1/profile', { note: 'x'.repeat(501) })
  expect(refused.status).toBe(422)
  expectEntity('ValidationError', refused.body)
})

test('INST-11 INST-13 pictures have descriptions in both ways of changing a profile', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const form = new FormData()
  form.set('avatar', await openAsBlob((await file('cover.png')).path), 'a.png')
  form.set('avatar_description', 'A hive')
  const { body } = await app.patch('/api/v1/profile', form)
  expectEntity('Profile', body)
  expect(body).toMatchObject({ avatar_description: 'A hive', header_description: '' })
  expect(body.avatar).toMatch(/^http/)
  const changed = await app.patch(path, { avatar_description: 'Bees' })
  expect(changed.body.avatar_description).toBe('Bees')
})

test('INST-05 sites that may name the member as an author are kept as plain hosts', async () => {
  const { alice } = await cast('alice')
  const app = client(alice)
  const wanted = ['https://Blog.example/about', '*.news.example', '', 'blog.example']
  const { body } = await app.patch(path, { attribution_domains: wanted })
  expectEntity('CredentialAccount', body)
  expect(body.source.attribution_domains).toEqual(['blog.example', 'news.example'])
  expect((await app.patch(path, { note: 'x' })).body.source.attribution_domains).toHaveLength(2)
  for (const wrong of [['no host'], Array.from({ length: 11 }, (_, n) => `d${n}.example`)])
    expect((await app.patch(path, { attribution_domains: wrong })).status).toBe(422)
  expect((await app.patch(path, { attribution_domains: [] })).body.source.attribution_domains).toEqual([])
})
