import { Account } from '#core/accounts/account.model'
import { receiveAccount } from '#core/accounts/receive-account'
import { editProfile } from '#core/accounts/edit-profile'
import { verifyLinks } from '#core/accounts/verify-links'
import { accountUri, accountUrl } from '#core/addresses'
import { findMeLinks } from '#core/text/find-me-links'
import { rows } from '#platform/db'
import { cast, stranger } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeListeners, listen } from '#test/support/listener'

afterAll(closeListeners)

/** A site that answers every path with this page. */
const site = (page: () => string, head: Record<string, string> = { 'Content-Type': 'text/html' }) =>
  listen((_, response) => response.writeHead(200, head).end(page()))

const owed = () =>
  rows<{ wait: number; payload: object }>(
    {},
    `SELECT extract(epoch FROM due_at - now())::float AS wait, payload FROM owed_work
     WHERE kind = 'fact' AND payload->>'name' = 'account.linked'`,
  )
const verifiedOf = async (id: string) =>
  (await Account.findByPk(id, { rejectOnEmpty: true })).fields.map(({ verifiedAt }) => Boolean(verifiedAt))

test('R-062 a link of a profile is asked once, within a minute, however often the profile changes', async () => {
  const { alice } = await cast('alice')
  await editProfile(alice.ctx, { fields: [{ name: 'Tea', value: 'mint' }] })
  expect(await owed()).toEqual([])
  await editProfile(alice.ctx, { fields: [{ name: 'Site', value: 'https://alice.example/' }] })
  await editProfile(alice.ctx, { note: 'anew' })
  const [one, ...more] = await owed()
  expect(more).toEqual([])
  expect(one?.wait).toBeGreaterThan(-5)
  expect(one?.wait).toBeLessThan(61)
})

test('a page that links back by rel="me" is verified, others are not, and apps are shown since when', async () => {
  const { alice } = await cast('alice')
  const address = accountUrl(alice.account)
  const mine = await site(() => `<p><a class="x" rel="noopener ME" href="${address}/">me</a>`)
  const other = await site(() => `<a href="${address}">a fan</a><a rel="me" href="${address}2">no</a>`)
  const text = await site(() => `<a rel="me" href="${address}">me</a>`, { 'Content-Type': 'text/plain' })
  const dead = await listen((request) => request.socket.destroy())
  const values = [mine, other, text, dead].map(({ port }) => `http://localhost:${port}/`)
  const fields = values.map((value, n) => ({ name: `site ${n}`, value }))
  await editProfile(alice.ctx, { fields })
  await verifyLinks(alice.ctx, { accountId: alice.account.id })
  expect(await verifiedOf(alice.account.id)).toEqual([true, false, false, false])
  const { body } = await client(alice).get('/api/v1/accounts/verify_credentials')
  expectEntity('CredentialAccount', body)
  expect(body.fields[0].verified_at).toMatch(/^\d{4}-.*\.\d{3}Z$/)
  expect(body.source.fields[0].verified_at).toBe(body.fields[0].verified_at)
  await editProfile(alice.ctx, { fields: [...fields].reverse() })
  expect(await verifiedOf(alice.account.id)).toEqual([false, false, false, true])
})

test('HTML-09 a verified link of an account elsewhere is shown, stays so while it is the same, and not longer', async () => {
  const { alice } = await cast('alice')
  const known = await stranger('bob')
  const mine = await site(() => `<link rel="me" href="${accountUri(known)}">`)
  const link = (path: string) => {
    const href = `http://localhost:${mine.port}/${path}`
    return [{ name: 'Site', valueHtml: `<a href="${href}" rel="me">${href}</a>` }]
  }
  const draft = (fields: { name: string; valueHtml: string }[]) => ({
    ...known.get({ plain: true }),
    uri: known.uri!,
    domain: known.domain!,
    inboxUrl: known.inboxUrl!,
    fields,
  })
  await receiveAccount(alice.ctx, draft(link('one')))
  expect(await owed()).toHaveLength(1)
  await verifyLinks(alice.ctx, { accountId: known.id })
  const { body } = await client().get(`/api/v1/accounts/${known.id}`)
  expectEntity('Account', body)
  expect(body.fields[0].verified_at).not.toBeNull()
  await receiveAccount(alice.ctx, draft(link('one')))
  expect(await verifiedOf(known.id)).toEqual([true])
  await receiveAccount(alice.ctx, draft(link('two')))
  expect(await verifiedOf(known.id)).toEqual([false])
  await receiveAccount(
    alice.ctx,
    draft([{ name: 'Words', valueHtml: `${link('three')[0]!.valueHtml} and more` }]),
  )
  await verifyLinks(alice.ctx, { accountId: known.id })
  expect(await verifiedOf(known.id)).toEqual([false])
})

test('only what is told by rel="me" counts, on any element that may tell it', () => {
  const page = `<base href="https://evil.example/"><a rel="me" href="/me">a</a><area rel="nofollow me" href="https://b.example/x">
    <a rel="menu" href="https://c.example/">c</a><a rel="me" href="javascript:alert(1)">d</a><a rel=me href="http://[">e</a>`
  expect(findMeLinks(page, 'https://a.example/x/')).toEqual(['https://a.example/me', 'https://b.example/x'])
})
