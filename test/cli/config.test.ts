import { member } from '#test/factories/account'
import { kith } from '#test/support/cli'
import { client } from '#test/support/client'

test('config set changes what everybody sees, at once', async () => {
  await client().get('/api/v2/instance')
  const { code, out } = await kith('config', 'set', 'registrations', 'open')
  expect([code, out]).toEqual([0, 'registrations: "approval" before, "open" now\n'])
  await kith('config', 'set', 'title', 'Harbour')
  const { body } = await client().get('/api/v2/instance')
  expect(body).toMatchObject({ title: 'Harbour', registrations: { enabled: true, approval_required: false } })
})

test('config set takes a member as contact, and markup only after it was cleaned', async () => {
  const { account } = await member('bea')
  await kith('config', 'set', 'contact-account', 'bea')
  await kith('config', 'set', 'about', '<p>Us</p><script>alert(1)</script>')
  const settings = JSON.parse((await kith('config', 'list', '--json')).out)
  expect(settings).toMatchObject({
    contactAccountId: account.id,
    aboutHtml: expect.not.stringContaining('script'),
  })
  expect((await kith('config', 'list')).out).toContain('contact-account')
})

test('config set refuses what cannot be kept, and settings that there are not', async () => {
  const bad = [
    ['registrations', 'maybe', 1],
    ['title', '', 1],
    ['minimum-age', 'old', 1],
    ['source-url', 'javascript:alert(1)', 1],
    ['contact-account', 'nobody', 1],
    ['colour', 'red', 2],
    ['constructor', 'x', 2],
  ] as const
  for (const [name, value, code] of bad)
    expect([name, (await kith('config', 'set', name, value)).code]).toEqual([name, code])
})

test('rules are added, listed and removed', async () => {
  expect((await kith('rules', 'add', 'Be kind', '--hint', 'Also on Mondays')).out).toBe('Rule 1 holds now.\n')
  await kith('rules', 'add', 'No ads')
  await kith('rules', 'remove', '1')
  expect((await kith('rules', 'remove', '1')).code).toBe(1)
  await kith('rules', 'add', 'Be kind')
  const { body } = await client().get('/api/v1/instance/rules')
  expect(body.map(({ id, text }: { id: string; text: string }) => [id, text])).toEqual([
    ['2', 'No ads'],
    ['3', 'Be kind'],
  ])
  expect((await kith('rules', 'list')).out).toContain('Be kind')
})
