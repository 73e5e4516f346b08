import { limitDomain } from '#core/moderation/limit-domain'
import { nowhere } from '#core/remote'
import type { Id } from '#platform/ids'
import { member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { settleSearch } from '#test/support/settle-search'

async function find(query: string, who?: Member): Promise<{ accounts: Id[]; statuses: Id[] }> {
  const { status, body } = await client(who).get(`/api/v2/search?q=${encodeURIComponent(query)}`)
  expect(status).toBe(200)
  expectEntity('Search', body)
  const ids = (list: { id: Id }[]) => list.map(({ id }) => id)
  return { accounts: ids(body.accounts), statuses: ids(body.statuses) }
}

const nothing = { accounts: [], statuses: [] }

test('federation rule 150: who did not agree to be indexed is found by the exact handle or by themselves, else by no word', async () => {
  const profile = { displayName: 'Robin Reed', note: 'ornithology', noteHtml: '<p>ornithology</p>' }
  const shy = await member('robin', { account: profile })
  const far = await stranger('robinson', 'far.example', { displayName: 'Robinson' })
  const open = await member('robina', { account: { isIndexable: true } })
  const reader = await member('reader')
  const said = await post(shy, { text: 'woodpeckers at dawn' })
  const { id: uri } = await post(far, { uri: 'https://far.example/1', html: '<p>woodpeckers at noon</p>' })
  await settleSearch()
  expect(await find('robi')).toEqual({ accounts: [open.account.id], statuses: [] })
  expect(await find('Reed')).toEqual(nothing)
  expect((await find('@robin')).accounts[0]).toBe(shy.account.id)
  expect(await find('robinson@far.example')).toEqual({ accounts: [far.id], statuses: [] })
  expect(await find('@robinson@far')).toEqual(nothing)
  for (const who of [undefined, reader]) {
    expect(await find('woodpeckers', who)).toEqual(nothing)
    expect(await find('ornithology', who)).toEqual(nothing)
  }
  const { statuses } = await find('woodpeckers', shy)
  expect(statuses).toEqual([said.id])
  expect(statuses).not.toContain(uri)
})

test('federation rule 229: visitors find who is limited by the exact handle alone', async () => {
  const ann = await stranger('annabel', 'loud.example', { isIndexable: true })
  expect((await find('annab')).accounts).toEqual([ann.id])
  await limitDomain({ actor: { kind: 'operator' }, remote: nowhere }, { domain: 'loud.example' })
  expect((await find('annab')).accounts).toEqual([])
  expect((await find('annabel@loud.example')).accounts).toEqual([ann.id])
})
