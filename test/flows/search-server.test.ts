import { Client } from 'pg'
import { freePort, eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let kith: KithProcess
let alice: KithMember

beforeAll(async () => {
  kith = await startKith('search', { ELASTICSEARCH_URL: `http://127.0.0.1:${await freePort()}` })
  alice = await kith.member('alice')
}, 120_000)

afterAll(() => kith?.remove(), 30_000)

const find = async (text: string) =>
  (await alice.get<{ statuses: { id: string }[] }>(`/api/v2/search?q=${text}&type=statuses`)).statuses

/** As if the server had known all posts before it went. */
async function makeWhole(): Promise<void> {
  const client = new Client({ connectionString: kith.database })
  await client.connect()
  await client.query(
    `INSERT INTO search_builds (engine) VALUES ('elasticsearch') ON CONFLICT (engine) DO UPDATE SET next_id = NULL`,
  )
  await client.end()
}

test('R-150 while the search server is away, PostgreSQL searches, and what the server missed is owed', async () => {
  await makeWhole()
  const { id } = await alice.post('/api/v1/statuses', { status: 'a badger came by' })
  const found = await eventually(async () => (await find('badger')).at(0))
  expect(found.id).toBe(id)
  const began = performance.now()
  expect(await find('badger')).toHaveLength(1)
  expect(performance.now() - began).toBeLessThan(10_000)
  const status = JSON.parse(await kith.cli('queue', 'status', '--json')) as { kind: string; dead: number }[]
  expect(status.find((each) => each.kind === 'index')).toMatchObject({ dead: 0 })
})
