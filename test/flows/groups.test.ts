import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let here: KithProcess
let there: KithProcess
let alice: KithMember
let dora: KithMember
let bob: KithMember
let eve: KithMember
/** The group, as its server and the other one know it. */
let tea: { id: string; slug: string }
let teaThere: string

const WITHIN = 10_000

beforeAll(async () => {
  ;[here, there] = await Promise.all([startKith('here'), startKith('there')])
  ;[alice, dora, bob, eve] = await Promise.all([
    here.member('alice'),
    here.member('dora'),
    there.member('bob'),
    there.member('eve'),
  ])
  tea = await alice.post('/api/v1/groups', { display_name: 'Tea', note: 'All about it' })
  teaThere = (await bob.find(`tea@${here.domain}`)).accounts[0]!.id
}, 120_000)

afterAll(() => Promise.all([here?.remove(), there?.remove()]), 30_000)

type Seen = {
  id: string
  account: { acct: string }
  reblog: { id: string; content: string; favourites_count: number } | null
}

/** What of the group a member sees in their home that holds this text. */
const boosted = (member: KithMember, text: string) => async () => {
  const home = await member.get<Seen[]>('/api/v1/timelines/home')
  return home.find(({ account, reblog }) => account.acct.startsWith('tea') && reblog?.content.includes(text))
}

const absent = (look: () => Promise<unknown>) => async () => !(await look())

const membership = async (member: KithMember, id: string) =>
  (await member.get(`/api/v1/groups/relationships?id[]=${id}`))[0]

test('a group is found and joined from elsewhere as any account that says it is a group', async () => {
  expect(await bob.get(`/api/v1/accounts/${teaThere}`)).toMatchObject({
    group: true,
    acct: `tea@${here.domain}`,
    display_name: 'Tea',
    locked: false,
  })
  await dora.post(`/api/v1/groups/${tea.id}/join`)
  await bob.post(`/api/v1/accounts/${teaThere}/follow`)
  await eve.post(`/api/v1/groups/${teaThere}/join`)
  for (const member of [bob, eve])
    await eventually(async () => (await membership(member, teaThere)).member, WITHIN)
  const members = await alice.get<{ account: { acct: string } }[]>(`/api/v1/groups/${tea.id}/memberships`)
  expect(members.map(({ account }) => account.acct).toSorted()).toEqual(
    ['alice', 'dora', bob.handle, eve.handle].toSorted(),
  )
})

test('what a member elsewhere posts is with all others, there and here, as boosted by the group, and so is its edit', async () => {
  const post = await bob.post('/api/v1/statuses', { status: `@tea@${here.domain} is green better?` })
  await eventually(boosted(dora, 'is green better'), WITHIN)
  await eventually(boosted(eve, 'is green better'), WITHIN)
  const listed = await dora.get<{ content: string }[]>(`/api/v1/timelines/group/${tea.id}`)
  expect(listed.map(({ content }) => content)).toEqual([expect.stringContaining('is green better')])
  await bob.call('PUT', `/api/v1/statuses/${post.id}`, { status: `@tea@${here.domain} is black better?` })
  await eventually(boosted(dora, 'is black better'), WITHIN)
})

test('what a member here posts is with those elsewhere, and so are its edit, its answers and its end', async () => {
  const post = await dora.post('/api/v1/statuses', { status: 'Is milk allowed?', group_id: tea.id })
  const copy = await eventually(boosted(bob, 'Is milk allowed'), WITHIN)
  await dora.call('PUT', `/api/v1/statuses/${post.id}`, { status: 'Is sugar allowed?' })
  await eventually(boosted(bob, 'Is sugar allowed'), WITHIN)
  await eventually(boosted(eve, 'Is sugar allowed'), WITHIN)
  await eve.post('/api/v1/statuses', { status: 'Never', in_reply_to_id: copy.reblog!.id })
  const answers = async () => {
    const { descendants } = await alice.get<{ descendants: { content: string }[] }>(
      `/api/v1/statuses/${post.id}/context`,
    )
    return descendants.some(({ content }) => content.includes('Never'))
  }
  await eventually(answers, WITHIN)
  await dora.call('DELETE', `/api/v1/statuses/${post.id}`)
  await eventually(absent(boosted(bob, 'Is sugar allowed')), WITHIN)
})

test('a vote of a member elsewhere reaches the group, whoever wrote the post', async () => {
  const copy = await eventually(boosted(eve, 'is black better'), WITHIN)
  await eve.post(`/api/v1/statuses/${copy.reblog!.id}/favourite`)
  const votes = (count: number) => async () =>
    (await boosted(dora, 'is black better')())?.reblog?.favourites_count === count
  await eventually(votes(1), WITHIN)
  await eve.post(`/api/v1/statuses/${copy.reblog!.id}/unfavourite`)
  await eventually(votes(0), WITHIN)
})

test('what a moderator takes out of the group is with its members no more, and stays with its author', async () => {
  const found = await eventually(boosted(alice, 'is black better'), WITHIN)
  await alice.call('DELETE', `/api/v1/groups/${tea.id}/statuses/${found.reblog!.id}`)
  await eventually(absent(boosted(dora, 'is black better')), WITHIN)
  await eventually(absent(boosted(eve, 'is black better')), WITHIN)
  const own = await bob.get<{ content: string }[]>(`/api/v1/accounts/${await eve.accountOf(bob)}/statuses`)
  expect(own[0]?.content).toContain('is black better')
})

test('a group that asks first lets people in by the word of a moderator', async () => {
  await alice.call('PUT', `/api/v1/groups/${tea.id}`, { locked: true })
  await eventually(async () => (await bob.get(`/api/v1/accounts/${teaThere}`)).locked, WITHIN)
  await bob.post(`/api/v1/groups/${teaThere}/leave`)
  await bob.post(`/api/v1/groups/${teaThere}/join`)
  const asking = async () => {
    const found = await alice.get<{ id: string; acct: string }[]>(
      `/api/v1/groups/${tea.id}/membership_requests`,
    )
    return found.find(({ acct }) => acct === bob.handle)
  }
  const { id } = await eventually(asking, WITHIN)
  await alice.post(`/api/v1/groups/${tea.id}/membership_requests/${id}/authorize`)
  await eventually(async () => (await membership(bob, teaThere)).member, WITHIN)
})

test('who is banned is a member no more, and what they write does not get into the group', async () => {
  const id = await alice.accountOf(bob)
  await alice.post(`/api/v1/groups/${tea.id}/blocks`, { account_ids: [id] })
  await eventually(async () => !(await membership(bob, teaThere)).member, WITHIN)
  await bob.post('/api/v1/statuses', { status: `@tea@${here.domain} let me in` })
  const after = await eve.post('/api/v1/statuses', { status: `@tea@${here.domain} who is that?` })
  await eventually(boosted(dora, 'who is that'), WITHIN)
  expect(after.mentions).toHaveLength(1)
  expect(await boosted(dora, 'let me in')()).toBeUndefined()
})
