import { createAnnouncement } from '#core/announcements/create-announcement'
import { publishAnnouncement } from '#core/announcements/publish-announcement'
import type { Ctx } from '#core/ctx'
import { DomainRule } from '#core/instances/domain-rule.model'
import { Instance } from '#core/instances/instance.model'
import { Setting } from '#core/instances/setting.model'
import { Emoji } from '#core/media/emoji.model'
import { Medium } from '#core/media/medium.model'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { react } from '#core/reactions/react'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { Mute } from '#core/relationships/mute.model'
import { nowhere } from '#core/remote'
import { inSeconds, now } from '#platform/clock'
import { forgetPages } from '#server/serializers/kept-pages'
import { offered } from '#test/contract/scope'
import { as, member, type Member } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

const SOME = 3
const MANY = 12
const operator: Ctx = { actor: { kind: 'operator' }, remote: nowhere }

type Names = Record<string, string>

/** One more of everything that a member's lists hold. */
async function grow(
  alice: Member,
  at: number,
  { post: wide = '', list = '', filter = '' }: Names,
): Promise<Names> {
  const app = client(alice)
  const other = await member(`bees${at}`, { account: { isDiscoverable: true, lastPostAt: now() } })
  const [me, them] = [alice.account.id, other.account.id]
  await Follow.create({ followerId: them, followedId: me, state: 'accepted' })
  await Follow.create({ followerId: me, followedId: them, state: 'accepted' })
  await app.post(`/api/v1/lists/${list}/accounts`, { account_ids: [them] })
  await app.post(`/api/v1/accounts/${them}/endorse`)
  await app.post('/api/v1/lists', { title: `friends ${at}` })
  await app.post('/api/v1/tags/bees' + String(at) + '/follow')
  await app.post('/api/v1/featured_tags', { name: `bees${at}` })
  await app.post('/api/v1/domain_blocks', { domain: `bad${at}.example` })
  await app.post('/api/v2/filters', { title: `f${at}`, context: ['home'] })
  await app.post(`/api/v2/filters/${filter}/keywords`, { keyword: `wasp${at}` })
  const later = inSeconds(86_400 + at).toISOString()
  await app.post('/api/v1/statuses', { status: `later ${at}`, scheduled_at: later })
  await app.put(`/api/v1/statuses/${wide}`, { status: `#bees ${at}` })
  await boost(other, { id: wide })
  await as(other, react, { postId: wide })
  await client(other).post('/api/v1/statuses', { status: `so ${at}`, quoted_status_id: wide })
  const tag = { hashtags: [{ name: 'bees', display: 'bees' }] }
  const answer = await post(other, { text: 'bees', replyTo: { id: wide }, mentions: [alice], ...tag })
  await as(alice, react, { postId: answer.id })
  await as(alice, bookmarkPost, { postId: answer.id })
  await post(other, { visibility: 'direct', mentions: [alice] })
  const { id: own } = await post(alice, { text: `own ${at}` })
  await app.post(`/api/v2/filters/${filter}/statuses`, { status_id: own })
  const asking = await member(`asks${at}`, { account: { isDiscoverable: true, lastPostAt: now() } })
  await Follow.create({ followerId: asking.account.id, followedId: me, state: 'pending' })
  await Block.create({ blockerId: me, blockedId: (await member(`bad${at}`)).account.id })
  await Mute.create({ muterId: me, mutedId: (await member(`loud${at}`)).account.id })
  const picture = await Medium.create({
    ownerId: me,
    purpose: 'emoji',
    state: 'ready',
    fileKey: `e/${at}.gif`,
  })
  await Emoji.create({ shortcode: `leaf${at}`, mediumId: picture.id })
  await Instance.create({ domain: `far${at}.example` })
  await DomainRule.create({ domain: `spam${at}.example`, severity: 'suspend' })
  const { id: announcementId } = await createAnnouncement(operator, { text: `news ${at}` })
  await publishAnnouncement(operator, { announcementId })
  return { them, answer: answer.id }
}

/** Where a list is for this member, with what it cannot do without. */
function addressOf(path: string, names: Names, all: readonly Names[]): string {
  const ids = (key: string) => all.map((each) => `id[]=${each[key]}`).join('&')
  const kind = /\/(lists|filters|statuses|accounts)\/:/.exec(path)?.[1] ?? ''
  const id = { lists: names['list'], filters: names['filter'], statuses: names['post'] }[kind] ?? names['me']
  const filled = path
    .replace(':hashtag', 'bees')
    .replace(':list_id', names['list'] ?? '')
    .replace(':group_key', names['group'] ?? '')
    .replaceAll(/:\w+/g, id ?? '')
  const needs: Names = {
    '/api/v1/accounts': ids('them'),
    '/api/v1/accounts/relationships': ids('them'),
    '/api/v1/accounts/familiar_followers': ids('them'),
    '/api/v1/statuses': ids('answer'),
    '/api/v1/accounts/search': 'q=bees',
    '/api/v2/search': 'q=bees',
    '/api/v1/peers/search': 'q=far',
    '/api/v1/timelines/link': `url=${encodeURIComponent('https://far.example/')}`,
    '/api/v1/markers': 'timeline[]=home',
  }
  return needs[path] ? `${filled}?${needs[path]}` : filled
}

/** Lists of one length for everybody, and those whose own tests make them long and count. */
const others = new Set([
  '/api/v1/accounts/:id/identity_proofs',
  '/api/v1/accounts/:id/lists',
  '/api/v1/featured_tags/suggestions',
  '/api/v1/instance/activity',
  '/api/v1/instance/languages',
  '/api/v1/instance/rules',
  '/api/v1/markers',
  '/api/v1/preferences',
  // discovery.test.ts
  '/api/v1/directory',
  '/api/v1/suggestions',
  '/api/v2/suggestions',
  // notification-requests.test.ts
  '/api/v1/notifications/requests',
  // trends.test.ts
  '/api/v1/timelines/link',
  '/api/v1/trends',
  '/api/v1/trends/links',
  '/api/v1/trends/statuses',
  '/api/v1/trends/tags',
])

const wrapped = /^(Context|GroupedNotificationsResults|Search|Preferences|Markers)$/
const lists = offered.filter(
  ({ method, path, response }) =>
    method === 'GET' && path.startsWith('/api/') && (response.startsWith('Array<') || wrapped.test(response)),
)

const sizeOf = (body: unknown): number =>
  Array.isArray(body)
    ? body.length
    : Math.max(
        0,
        ...Object.values((body ?? {}) as object).map((each) => (Array.isArray(each) ? each.length : 0)),
      )

/** How many queries each list takes, and how much it held, when everything that can be kept is kept but the page itself. */
async function measure(alice: Member, names: Names, all: readonly Names[]) {
  const app = client(alice)
  const found = new Map<string, { queries: number; size: number }>()
  for (const { path } of lists) {
    const address = addressOf(path, names, all)
    const { body } = await app.get(address)
    forgetPages()
    found.set(path, { queries: await countQueries(() => app.get(address)), size: sizeOf(body) })
  }
  return found
}

test('no list of the API takes more queries when it is longer', async () => {
  const alice = await member('alice')
  const app = client(alice)
  await Setting.create({ key: 'domainBlocks', value: 'all' })
  const wide = (await app.post('/api/v1/statuses', { status: '#bees' })).body.id
  const names: Names = {
    me: alice.account.id,
    post: wide,
    list: (await app.post('/api/v1/lists', { title: 'friends' })).body.id,
    filter: (await app.post('/api/v2/filters', { title: 'a', context: ['home'] })).body.id,
  }
  const all: Names[] = []
  const growTo = async (size: number) => {
    while (all.length < size) all.push(await grow(alice, all.length, names))
    await settle()
    const { body } = await app.get('/api/v2/notifications')
    names['group'] = body.notification_groups.find(
      ({ type }: { type: string }) => type === 'favourite',
    ).group_key
  }
  await growTo(SOME)
  const few = await measure(alice, names, all)
  await growTo(MANY)
  const many = await measure(alice, names, all)
  const dearer = [...many].filter(([path, { queries }]) => queries > few.get(path)!.queries)
  expect(dearer.map(([path, { queries }]) => `${path}: ${few.get(path)!.queries}, then ${queries}`)).toEqual(
    [],
  )
  const grown = new Set(
    [...many].filter(([path, { size }]) => size > few.get(path)!.size).map(([path]) => path),
  )
  const rest = lists.map(({ path }) => path).filter((path) => !grown.has(path) && !others.has(path))
  expect(rest).toEqual([])
}, 120_000)
