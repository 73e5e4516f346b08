import { Client } from 'pg'
import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let kith: KithProcess
let alice: KithMember

beforeAll(async () => {
  kith = await startKith('scheduled')
  alice = await kith.member('alice')
}, 120_000)

afterAll(() => kith?.remove(), 30_000)

/** Makes the time of everything that waits come, as hours would. */
async function letTimePass(): Promise<void> {
  const client = new Client({ connectionString: kith.database })
  await client.connect()
  try {
    await client.query(`UPDATE scheduled_posts SET scheduled_at = now() - interval '1 second'`)
  } finally {
    await client.end()
  }
}

test('POST-19 a post whose time comes while Kith is down is published once it is up again, and once only', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  await alice.post('/api/v1/statuses', { status: 'In the night', scheduled_at: inAnHour })
  expect(await alice.get('/api/v1/scheduled_statuses')).toHaveLength(1)
  await kith.end('SIGKILL')
  await letTimePass()
  await kith.start()
  const { id } = await alice.get('/api/v1/accounts/verify_credentials')
  const posts = () => alice.get<{ content: string }[]>(`/api/v1/accounts/${id}/statuses`)
  await eventually(async () => (await posts()).length > 0, 70_000)
  expect((await posts()).map(({ content }) => content)).toEqual(['<p>In the night</p>'])
  expect(await alice.get('/api/v1/scheduled_statuses')).toEqual([])
}, 100_000)
