import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let here: KithProcess
let there: KithProcess
let alice: KithMember
let carol: KithMember
let bob: KithMember
let bobHere: string

const WITHIN = 4000
type Seen = { id: string; content: string; muted: boolean; filtered: { keyword_matches: string[] | null }[] }

beforeAll(async () => {
  ;[here, there] = await Promise.all([startKith('here'), startKith('there')])
  ;[alice, bob] = await Promise.all([here.member('alice'), there.member('bob')])
  carol = await here.member('carol')
  // What bob writes comes here because carol follows him; alice does not.
  bobHere = await carol.accountOf(bob)
  await carol.post(`/api/v1/accounts/${bobHere}/follow`)
  await eventually(
    async () => (await bob.get('/api/v1/accounts/verify_credentials')).followers_count === 1,
    WITHIN,
  )
}, 120_000)

afterAll(() => Promise.all([here?.remove(), there?.remove()]), 30_000)

const home = async (who: KithMember, text: string): Promise<Seen | undefined> =>
  (await who.get<Seen[]>('/api/v1/timelines/home')).find(({ content }) => content.includes(text))

test('MISC-06 FILT-07 a post from elsewhere comes home for its hashtag, and with what filters find, kept or not', async () => {
  await alice.post('/api/v1/tags/Bees/follow')
  const filter = await alice.post('/api/v2/filters', {
    title: 'Honey',
    context: ['home'],
    keywords_attributes: [{ keyword: 'honey', whole_word: true }],
  })
  const socket = new WebSocket(`${here.url.replace('http', 'ws')}/api/v1/streaming?stream=user`, {
    headers: { Authorization: `Bearer ${alice.token}` },
  })
  const frames: { event: string; payload?: string }[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  await eventually(() => Promise.resolve(socket.readyState === WebSocket.OPEN), WITHIN)
  await bob.post('/api/v1/statuses', { status: 'Fresh Honey today #bees' })
  const found = await eventually(() => home(alice, 'Fresh'), WITHIN)
  expect(found.filtered).toMatchObject([{ keyword_matches: ['Honey'] }])
  const update = await eventually(
    () => Promise.resolve(frames.find(({ event }) => event === 'update')),
    WITHIN,
  )
  expect(JSON.parse(update.payload!).filtered).toMatchObject([{ keyword_matches: ['Honey'] }])
  expect(frames.filter(({ event }) => event === 'update')).toHaveLength(1)
  expect((await home(carol, 'Fresh'))?.filtered).toEqual([])
  for (let count = 0; count < 3; count += 1) expect((await home(alice, 'Fresh'))?.filtered).toHaveLength(1)
  await alice.call('DELETE', `/api/v2/filters/${filter.id}`)
  expect((await home(alice, 'Fresh'))?.filtered).toEqual([])
  await eventually(() => Promise.resolve(frames.find(({ event }) => event === 'filters_changed')), WITHIN)
  socket.terminate()
  await alice.post('/api/v1/tags/bees/unfollow')
  await eventually(async () => !(await home(alice, 'Fresh')), WITHIN)
})

test('ACCT-35 a hashtag that somebody features there stands on the profile here, until it goes', async () => {
  const made = await bob.post('/api/v1/featured_tags', { name: 'Bees' })
  const shown = async (): Promise<{ name: string }[]> =>
    alice.get(`/api/v1/accounts/${bobHere}/featured_tags`)
  await eventually(async () => (await shown())[0]?.name === 'Bees', WITHIN)
  await bob.call('DELETE', `/api/v1/featured_tags/${made.id}`)
  await eventually(async () => (await shown()).length === 0, WITHIN)
})

test('STAT-28 who muted a conversation hears no answer from elsewhere, and again afterwards', async () => {
  const own = await carol.post('/api/v1/statuses', { status: 'What do you think?' })
  await carol.post(`/api/v1/statuses/${own.id}/mute`)
  const ours = (await bob.find(own.uri)).statuses[0]!
  const answer = (text: string) =>
    bob.post('/api/v1/statuses', { status: `@${carol.handle} ${text}`, in_reply_to_id: ours.id })
  await answer('first')
  const first = await eventually(() => home(carol, 'first'), WITHIN)
  expect(first.muted).toBe(true)
  // Whom to tell of it is decided beside the way into the home, and must be over before the mute is.
  await sleep(1500)
  await carol.post(`/api/v1/statuses/${first.id}/unmute`)
  await answer('second')
  const heard = await eventually(async () => {
    const all = await carol.get<{ type: string; status?: Seen }[]>('/api/v1/notifications?types[]=mention')
    return all.length > 0 && all
  }, WITHIN)
  expect(heard.map(({ status }) => status?.content.includes('second'))).toEqual([true])
})
