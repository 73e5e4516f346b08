import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let near: KithProcess
let far: KithProcess

beforeAll(async () => {
  ;[near, far] = await Promise.all([startKith('near'), startKith('far')])
}, 120_000)
afterAll(() => Promise.all([near?.remove(), far?.remove()]), 60_000)

const follows = async (who: KithMember, id: string) => {
  const [relation] = await who.get<{ following: boolean }[]>(`/api/v1/accounts/relationships?id[]=${id}`)
  return relation?.following
}

test('FEP-7628: somebody moves to another server, and followers on both go along', async () => {
  const [old, carol, fresh, dave] = await Promise.all([
    near.member('old'),
    near.member('carol'),
    far.member('fresh'),
    far.member('dave'),
  ])
  const [nearOld, farOld] = [await carol.accountOf(old), await dave.accountOf(old)]
  for (const [who, id] of [
    [carol, nearOld],
    [dave, farOld],
  ] as const) {
    await who.post(`/api/v1/accounts/${id}/follow`)
    await eventually(() => follows(who, id))
  }
  await expect(near.cli('accounts', 'move', 'old', '--to', fresh.handle)).rejects.toThrow('alias')
  await far.cli('accounts', 'alias', 'fresh', old.handle)
  await near.cli('accounts', 'move', 'old', '--to', fresh.handle)
  const [nearFresh, farFresh] = [await carol.accountOf(fresh), await dave.accountOf(fresh)]
  await eventually(() => follows(carol, nearFresh), 15_000)
  await eventually(() => follows(dave, farFresh), 15_000)
  expect(await follows(carol, nearOld)).toBe(false)
  await eventually(async () => !(await follows(dave, farOld)), 15_000)
  const shown = await carol.get(`/api/v1/accounts/${nearOld}`)
  expect(shown.moved).toMatchObject({ id: nearFresh, acct: fresh.handle })
  await eventually(async () => (await dave.get(`/api/v1/accounts/${farOld}`)).moved?.id === farFresh)
  await expect(old.post('/api/v1/statuses', { status: 'still here' })).rejects.toThrow('403')
  // Whoever follows is told so at once, before the other server knows of it.
  const followers = async () => (await fresh.get('/api/v1/accounts/verify_credentials')).followers_count
  await eventually(async () => (await followers()) === 2, 15_000)
  await fresh.post('/api/v1/statuses', { status: 'from my new home' })
  const home = async (who: KithMember) => JSON.stringify(await who.get('/api/v1/timelines/home'))
  for (const who of [carol, dave])
    await eventually(async () => (await home(who)).includes('my new home'), 15_000)
}, 120_000)
