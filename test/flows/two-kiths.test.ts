import { eventually, type KithMember, type KithProcess, startKith } from '#test/support/kiths'

let here: KithProcess
let there: KithProcess
let alice: KithMember
let bob: KithMember

beforeAll(async () => {
  ;[here, there] = await Promise.all([startKith('here'), startKith('there')])
  ;[alice, bob] = await Promise.all([here.member('alice'), there.member('bob')])
}, 120_000)

afterAll(() => Promise.all([here?.remove(), there?.remove()]), 30_000)

type Seen = { id: string; content: string; reblog: { content: string } | null }

/** What a member sees in their home timeline of posts that hold this text. */
const seen = (member: KithMember, text: string) => async () => {
  const home = await member.get<Seen[]>('/api/v1/timelines/home')
  return home.find((status) => (status.reblog?.content ?? status.content).includes(text))
}

const isFollowed = (member: KithMember) => async () =>
  (await member.get('/api/v1/accounts/verify_credentials')).followers_count === 1

const WITHIN = 2000

/** The same in both directions: `author` is at one server, `reader` at the other. */
const directions: [string, () => [KithMember, KithMember]][] = [
  ['from here to there', () => [alice, bob]],
  ['from there to here', () => [bob, alice]],
]

describe.each(directions)('two Kiths, %s', (_title, cast) => {
  let author: KithMember
  let reader: KithMember
  let authorId: string
  let readerId: string

  beforeAll(async () => {
    ;[author, reader] = cast()
    ;[authorId, readerId] = await Promise.all([reader.accountOf(author), author.accountOf(reader)])
  })

  const relation = async () => (await reader.get(`/api/v1/accounts/relationships?id[]=${authorId}`))[0]

  test('a follow of an open account is accepted', async () => {
    await reader.post(`/api/v1/accounts/${authorId}/follow`)
    await eventually(isFollowed(author), WITHIN)
    await eventually(async () => (await relation()).following, WITHIN)
  })

  test('a post, its edit and its end arrive', async () => {
    const post = await author.post('/api/v1/statuses', { status: `The tea is ready ${author.username}` })
    const copy = await eventually(seen(reader, `tea is ready ${author.username}`), WITHIN)
    await author.call('PUT', `/api/v1/statuses/${post.id}`, {
      status: `The coffee is ready ${author.username}`,
    })
    await eventually(seen(reader, `coffee is ready ${author.username}`), WITHIN)
    await author.call('DELETE', `/api/v1/statuses/${post.id}`)
    await eventually(async () => !(await seen(reader, `coffee is ready ${author.username}`)()), WITHIN)
    await expect(reader.get(`/api/v1/statuses/${copy.id}`)).rejects.toThrow('404')
  })

  test('replies, favourites and boosts come back to the author', async () => {
    const post = await author.post('/api/v1/statuses', { status: `Who is in? ${author.username}` })
    const copy = await eventually(seen(reader, `Who is in? ${author.username}`), WITHIN)
    await reader.post('/api/v1/statuses', { status: `@${author.handle} I am`, in_reply_to_id: copy.id })
    await reader.post(`/api/v1/statuses/${copy.id}/favourite`)
    await reader.post(`/api/v1/statuses/${copy.id}/reblog`)
    await eventually(async () => {
      const notices = await author.get<{ type: string }[]>('/api/v1/notifications')
      return ['mention', 'favourite', 'reblog'].every((type) =>
        notices.some((notice) => notice.type === type),
      )
    }, WITHIN)
    const counts = async () => author.get(`/api/v1/statuses/${post.id}`)
    expect(await counts()).toMatchObject({ favourites_count: 1, reblogs_count: 1, replies_count: 1 })
    await reader.post(`/api/v1/statuses/${copy.id}/unfavourite`)
    await reader.post(`/api/v1/statuses/${copy.id}/unreblog`)
    await eventually(async () => {
      const { favourites_count: likes, reblogs_count: boosts } = await counts()
      return likes === 0 && boosts === 0
    }, WITHIN)
  })

  test('votes in a poll are counted at its origin', async () => {
    const poll = { options: ['Tea', 'Coffee'], expires_in: 3600 }
    const post = await author.post('/api/v1/statuses', {
      status: `What do you drink? ${author.username}`,
      poll,
    })
    const copy = await eventually(seen(reader, `What do you drink? ${author.username}`), WITHIN)
    const { poll: asked } = await reader.get(`/api/v1/statuses/${copy.id}`)
    await reader.post(`/api/v1/polls/${asked.id}/votes`, { choices: [1] })
    await eventually(async () => {
      const { poll: counted } = await author.get(`/api/v1/statuses/${post.id}`)
      return counted.options[1].votes_count === 1 && counted.voters_count === 1
    }, WITHIN)
  })

  test('a change of profile arrives', async () => {
    const name = `Called ${author.username} anew`
    await author.call('PATCH', '/api/v1/accounts/update_credentials', { display_name: name })
    await eventually(
      async () => (await reader.get(`/api/v1/accounts/${authorId}`)).display_name === name,
      WITHIN,
    )
  })

  test('a direct message reaches the one it names', async () => {
    await author.post('/api/v1/statuses', { status: `@${reader.handle} a secret`, visibility: 'direct' })
    await eventually(async () => {
      const [latest] = await reader.get('/api/v1/conversations')
      return latest?.last_status.content.includes('a secret')
    }, WITHIN)
  })

  test('a locked account refuses, then accepts', async () => {
    await author.call('PATCH', '/api/v1/accounts/update_credentials', { locked: true })
    await eventually(async () => (await reader.get(`/api/v1/accounts/${authorId}`)).locked, WITHIN)
    await reader.post(`/api/v1/accounts/${authorId}/unfollow`)
    await eventually(async () => !(await isFollowed(author)()), WITHIN)
    const isAsked = async () => (await author.get('/api/v1/follow_requests')).length === 1
    await reader.post(`/api/v1/accounts/${authorId}/follow`)
    await eventually(isAsked, WITHIN)
    await author.post(`/api/v1/follow_requests/${readerId}/reject`)
    await eventually(async () => !(await relation()).requested, WITHIN)
    await reader.post(`/api/v1/accounts/${authorId}/follow`)
    await eventually(isAsked, WITHIN)
    await author.post(`/api/v1/follow_requests/${readerId}/authorize`)
    await eventually(async () => (await relation()).following, WITHIN)
    await author.post('/api/v1/statuses', {
      status: `Among ourselves ${author.username}`,
      visibility: 'private',
    })
    await eventually(seen(reader, `Among ourselves ${author.username}`), WITHIN)
  })

  test('a block ends the follow', async () => {
    await author.post(`/api/v1/accounts/${readerId}/block`)
    await eventually(async () => !(await relation()).following, WITHIN)
    await author.post(`/api/v1/accounts/${readerId}/unblock`)
    await author.call('PATCH', '/api/v1/accounts/update_credentials', { locked: false })
  })
})
