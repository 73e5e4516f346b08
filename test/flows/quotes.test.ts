import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let here: KithProcess
let there: KithProcess
let alice: KithMember
let bob: KithMember

beforeAll(async () => {
  ;[here, there] = await Promise.all([startKith('quoter'), startKith('quoted')])
  ;[alice, bob] = await Promise.all([here.member('alice'), there.member('bob')])
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const)
    await one.post(`/api/v1/accounts/${await one.accountOf(other)}/follow`)
  await eventually(
    async () => (await bob.get('/api/v1/accounts/verify_credentials')).followers_count === 1,
    5000,
  )
}, 120_000)

afterAll(() => Promise.all([here?.remove(), there?.remove()]), 30_000)

const WITHIN = 5000

type Status = { id: string; uri: string; content: string; quote: Quote | null; quotes_count: number }
type Quote = { state: string; quoted_status: { id: string } | null }

const copyOf = async (reader: KithMember, { uri }: Status): Promise<Status> =>
  eventually(async () => (await reader.find(uri)).statuses[0] as Status | undefined, WITHIN)

const read = (reader: KithMember, { id }: { id: string }) => reader.get<Status>(`/api/v1/statuses/${id}`)

/** Bob writes, alice quotes the copy that reached her. */
async function quoted(policy: string) {
  const original = await bob.post<Status>('/api/v1/statuses', {
    status: `Quote me? ${policy} ${Math.random()}`,
    quote_approval_policy: policy,
  })
  const copy = await copyOf(alice, original)
  return { original, copy }
}

test('R-023 QUOTE-05 a quote of a post elsewhere waits, stands with the stamp of its author, and is told there', async () => {
  const { original, copy } = await quoted('public')
  const quote = await alice.post<Status>('/api/v1/statuses', { status: 'Look', quoted_status_id: copy.id })
  expect(['pending', 'accepted']).toContain(quote.quote?.state)
  await eventually(async () => (await read(alice, quote)).quote?.state === 'accepted', WITHIN)
  expect((await read(alice, quote)).quote?.quoted_status?.id).toBe(copy.id)
  await eventually(async () => (await read(bob, original)).quotes_count === 1, WITHIN)
  const [seen] = await bob.get<Status[]>(`/api/v1/statuses/${original.id}/quotes`)
  expect(seen?.uri).toBe(quote.uri)
  await eventually(async () => {
    const notices = await bob.get<{ type: string; status?: { uri: string } }[]>('/api/v1/notifications')
    return notices.some(({ type, status }) => type === 'quote' && status?.uri === quote.uri)
  }, WITHIN)
})

test('QUOTE-12 a quote that is taken back is hidden on both sides', async () => {
  const { original, copy } = await quoted('public')
  const quote = await alice.post<Status>('/api/v1/statuses', { status: 'Look', quoted_status_id: copy.id })
  await eventually(async () => (await read(alice, quote)).quote?.state === 'accepted', WITHIN)
  const there = await copyOf(bob, quote)
  await eventually(async () => (await read(bob, there)).quote?.state === 'accepted', WITHIN)
  await bob.post(`/api/v1/statuses/${original.id}/quotes/${there.id}/revoke`)
  await eventually(async () => (await read(alice, quote)).quote?.state === 'revoked', WITHIN)
  expect((await read(bob, original)).quotes_count).toBe(0)
})

test('QUOTE-01 who may quote is known elsewhere, and a change of it too', async () => {
  const { original, copy } = await quoted('nobody')
  const send = () => alice.post<Status>('/api/v1/statuses', { status: 'Look', quoted_status_id: copy.id })
  await expect(send()).rejects.toThrow('404')
  await bob.call('PUT', `/api/v1/statuses/${original.id}/interaction_policy`, {
    quote_approval_policy: 'followers',
  })
  const quote = await eventually(async () => send().catch(() => undefined), WITHIN)
  await eventually(async () => (await read(alice, quote)).quote?.state === 'accepted', WITHIN)
})

test('QUOTE-13 an edit of what one quotes is told across servers', async () => {
  const { original, copy } = await quoted('public')
  const quote = await alice.post<Status>('/api/v1/statuses', { status: 'Look', quoted_status_id: copy.id })
  await eventually(async () => (await read(alice, quote)).quote?.state === 'accepted', WITHIN)
  await bob.call('PUT', `/api/v1/statuses/${original.id}`, { status: 'Changed' })
  await eventually(async () => {
    const notices = await alice.get<{ type: string; status?: { id: string } }[]>('/api/v1/notifications')
    return notices.some(({ type, status }) => type === 'quoted_update' && status?.id === copy.id)
  }, WITHIN)
})

test('QUOTE-06 the end of a quoted post reaches the quote elsewhere', async () => {
  const { original, copy } = await quoted('public')
  const quote = await alice.post<Status>('/api/v1/statuses', { status: 'Look', quoted_status_id: copy.id })
  await eventually(async () => (await read(alice, quote)).quote?.state === 'accepted', WITHIN)
  await bob.call('DELETE', `/api/v1/statuses/${original.id}`)
  await eventually(async () => (await read(alice, quote)).quote?.state === 'deleted', WITHIN)
})
