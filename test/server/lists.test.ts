import { Follow } from '#core/relationships/follow.model'
import { Block } from '#core/relationships/block.model'
import { Mute } from '#core/relationships/mute.model'
import { bookmarkPost } from '#core/posts/marks/bookmark-post'
import { react } from '#core/reactions/react'
import { as, member, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { boost, post } from '#test/factories/post'
import { client } from '#test/support/client'
import { countQueries } from '#test/support/count-queries'
import { settle } from '#test/support/settle'

type App = ReturnType<typeof client>
type Item = { id: string }

const COUNT = 20

/** Does all that leads to an item of a list, as often as there are people. */
async function fillLists(alice: Member): Promise<Record<string, string>> {
  const app = client(alice)
  const wide = await post(alice, { text: 'bees' })
  const { id: listId } = (await app.post('/api/v1/lists', { title: 'friends' })).body
  for (let at = 0; at < COUNT; at += 1) {
    const other = await member(`bees${at}`)
    const [me, them] = [alice.account.id, other.account.id]
    await Follow.create({ followerId: them, followedId: me, state: 'accepted' })
    await Follow.create({ followerId: me, followedId: them, state: 'accepted' })
    await app.post(`/api/v1/lists/${listId}/accounts`, { account_ids: [them] })
    await boost(other, wide)
    await as(other, react, { postId: wide.id })
    const answer = await post(other, { text: 'bees', replyTo: wide, mentions: [alice] })
    await as(alice, react, { postId: answer.id })
    await as(alice, bookmarkPost, { postId: answer.id })
    await post(other, { visibility: 'direct', mentions: [alice] })
  }
  await settle()
  for (let at = 0; at < COUNT; at += 1) {
    const { account } = await member(`asks${at}`)
    await follow(account, alice, 'pending')
    await Block.create({ blockerId: alice.account.id, blockedId: (await member(`bad${at}`)).account.id })
    await Mute.create({ muterId: alice.account.id, mutedId: (await member(`loud${at}`)).account.id })
  }
  return { me: alice.account.id, post: wide.id, list: listId }
}

const paged = [
  'notifications',
  'bookmarks',
  'favourites',
  'blocks',
  'mutes',
  'follow_requests',
  'conversations',
  'accounts/{me}/followers',
  'accounts/{me}/following',
  'statuses/{post}/reblogged_by',
  'statuses/{post}/favourited_by',
  'lists/{list}/accounts',
]

const at = (path: string, ids: Record<string, string>): string =>
  `/api/v1/${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')}`

const linkOf = (link: string | null, rel: string): string | undefined => {
  const found = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link ?? '')?.[1]
  return found && new URL(found).pathname + new URL(found).search
}

/** Follows `next` to the end: all ids, those of the last page that had any, and what that page links to. */
async function walk(app: App, path: string) {
  const all: string[] = []
  let end: { ids: string[]; link: string | null } = { ids: [], link: null }
  for (let next: string | undefined = `${path}?limit=7`; next;) {
    const { status, body, headers } = await app.get(next)
    expect(status).toBe(200)
    const ids = (body as Item[]).map(({ id }) => id)
    if (ids.length > 0) end = { ids, link: headers.get('link') }
    all.push(...ids)
    next = ids.length > 0 ? linkOf(headers.get('link'), 'next') : undefined
  }
  return { all, end }
}

test('PAGE-06 every list leads by next through each item once, and by prev back to all that came before', async () => {
  const alice = await member('alice')
  const ids = await fillLists(alice)
  const app = client(alice)
  for (const path of paged) {
    const whole = ((await app.get(`${at(path, ids)}?limit=80`)).body as Item[]).map(({ id }) => id)
    expect({ path, isFilled: whole.length >= COUNT, items: new Set(whole).size }).toEqual({
      path,
      isFilled: true,
      items: whole.length,
    })
    const { all, end } = await walk(app, at(path, ids))
    expect({ path, all }).toEqual({ path, all: whole })
    const prev = linkOf(end.link, 'prev')!.replace('limit=7', 'limit=80')
    const before = ((await app.get(prev)).body as Item[]).map(({ id }) => id)
    expect({ path, before }).toEqual({ path, before: whole.slice(0, -end.ids.length) })
  }
})

test('no list costs more queries for a long page than for one item', async () => {
  const alice = await member('alice')
  const ids = await fillLists(alice)
  const app = client(alice)
  for (const path of [...paged, 'accounts/{me}/statuses', 'accounts/search?q=bees']) {
    const read = (limit: number) => app.get(`${at(path, ids)}${path.includes('?') ? '&' : '?'}limit=${limit}`)
    await read(40)
    const one = await countQueries(() => read(1))
    expect({ path, queries: await countQueries(() => read(20)) }).toEqual({ path, queries: one })
  }
  const search = (limit: number) => app.get(`/api/v2/search?q=bees&limit=${limit}`)
  expect((await search(20)).body.accounts.length).toBeGreaterThan(1)
  const one = await countQueries(() => search(1))
  expect(await countQueries(() => search(20))).toBe(one)
})

test('a thread of many posts costs as many queries as one of two', async () => {
  const alice = await member('alice')
  const [small, large] = [await post(alice), await post(alice)]
  await post(alice, { replyTo: small })
  for (let count = 0; count < 20; count += 1) await post(alice, { replyTo: large })
  const app = client(alice)
  const read = ({ id }: Item) => app.get(`/api/v1/statuses/${id}/context`)
  expect((await read(large)).body.descendants).toHaveLength(20)
  await read(small)
  const few = await countQueries(() => read(small))
  expect(await countQueries(() => read(large))).toBe(few)
})
