import { Account } from '#core/accounts/account.model'
import { visibleAmong } from '#core/posts/post.queries'
import type { Post, Visibility } from '#core/posts/post.model'
import { erasePost } from '#core/posts/erase-post'
import { Block } from '#core/relationships/block.model'
import { Follow } from '#core/relationships/follow.model'
import { Mute } from '#core/relationships/mute.model'
import { nowhere } from '#core/remote'
import { now } from '#platform/clock'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { member, type Member, stranger } from '#test/factories/account'
import { boost, post } from '#test/factories/post'
import { outside } from '#test/factories/remote-post'
import { client } from '#test/support/client'
import { dice, rounds, seedOf } from '#test/support/fuzz'
import { settle } from '#test/support/settle'

const seed = seedOf(20_261_121)
const PEOPLE = 20
const POSTS = rounds(120)
const WORD = 'zanzibar'

/** What the model knows: the plain facts, and nothing of how Kith stores or asks for them. */
type Facts = {
  id: Id
  author: Id
  visibility: Visibility
  mentioned: Set<Id>
  boosted?: Facts
  isGone: boolean
}
type World = {
  people: Member[]
  facts: Facts[]
  follows: Set<string>
  blocks: Set<string>
  suspended: Set<Id>
}

/** The reference model: who may see what (STAT-02), told in one breath. */
function maySee(world: World, viewer: Id | undefined, fact: Facts): boolean {
  if (fact.isGone || world.suspended.has(fact.author)) return false
  if (fact.boosted && !maySee(world, viewer, fact.boosted)) return false
  if (viewer === fact.author) return true
  if (world.blocks.has(`${viewer} ${fact.author}`) || world.blocks.has(`${fact.author} ${viewer}`))
    return false
  if (fact.visibility === 'public' || fact.visibility === 'unlisted') return true
  if (viewer && fact.mentioned.has(viewer)) return true
  return fact.visibility === 'private' && world.follows.has(`${viewer} ${fact.author}`)
}

async function makeWorld(): Promise<World> {
  const { pick, below } = dice(seed)
  const chance = (percent: number) => below(100) < percent
  const people: Member[] = []
  for (let at = 0; at < PEOPLE; at += 1) people.push(await member(`person${at}`))
  const authors = [...people.map(({ account }) => account), await stranger('far'), await stranger('banned')]
  const world: World = { people, facts: [], follows: new Set(), blocks: new Set(), suspended: new Set() }
  for (const one of authors)
    for (const other of authors) {
      if (one === other) continue
      const [a, b] = [one.id, other.id]
      if (chance(6)) {
        await Block.create({ blockerId: a, blockedId: b })
        world.blocks.add(`${a} ${b}`)
      } else if (chance(30)) {
        const state = chance(70) ? 'accepted' : 'pending'
        await Follow.create({ followerId: a, followedId: b, state })
        if (state === 'accepted') world.follows.add(`${a} ${b}`)
      }
      if (chance(5)) await Mute.create({ muterId: a, mutedId: b })
    }
  const made: Post[] = []
  for (let at = 0; at < POSTS; at += 1) {
    const author = pick(authors)
    const uri = author.isLocal ? null : `https://remote.example/notes/${at}`
    const original = chance(10)
      ? world.facts.find(({ boosted, visibility }) => !boosted && visibility === 'public')
      : undefined
    if (original && !(await isBoosted(author.id, original.id))) {
      const { id } = await boost(author, original, { uri })
      world.facts.push({
        id,
        author: author.id,
        visibility: 'public',
        mentioned: new Set(),
        boosted: original,
        isGone: false,
      })
      continue
    }
    const visibility = pick<Visibility>(['public', 'unlisted', 'private', 'private', 'direct', 'direct'])
    const mentions = chance(50) ? [pick(people)] : []
    const replyTo = made.length > 0 && chance(40) ? pick(made) : undefined
    const tag = { hashtags: [{ name: 'bees', display: 'Bees' }] }
    const draft = {
      text: `${WORD} ${at}`,
      uri,
      visibility,
      mentions,
      ...tag,
      ...(replyTo ? { replyTo } : {}),
    }
    const written = await post(author, draft)
    made.push(written)
    const mentioned = new Set(mentions.map(({ account }) => account.id))
    world.facts.push({ id: written.id, author: author.id, visibility, mentioned, isGone: false })
  }
  await settle()
  for (const fact of world.facts.filter(() => chance(8))) {
    await transact(outside, (ctx) => erasePost(ctx, fact.id, { keepsMedia: false }))
    fact.isGone = true
  }
  for (const { account } of people.slice(-1)) {
    await account.update({ suspendedAt: now() })
    world.suspended.add(account.id)
  }
  await Account.update({ suspendedAt: now() }, { where: { username: 'banned' } })
  world.suspended.add(authors.at(-1)!.id)
  await settle()
  return world
}

const boosted = new Set<string>()
async function isBoosted(author: Id, original: Id): Promise<boolean> {
  const key = `${author} ${original}`
  if (boosted.has(key)) return true
  boosted.add(key)
  return false
}

const idsIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (Array.isArray(value)) for (const each of value) idsIn(each, found)
  else if (typeof value === 'object' && value !== null) {
    if ('visibility' in value && 'content' in value && 'id' in value) found.add(String(value.id))
    for (const each of Object.values(value)) idsIn(each, found)
  }
  return found
}

const lists = (world: World, authors: Id[]): string[] => [
  '/api/v1/timelines/public',
  '/api/v1/timelines/home',
  '/api/v1/timelines/tag/bees',
  '/api/v1/notifications',
  '/api/v1/conversations',
  '/api/v1/favourites',
  '/api/v1/bookmarks',
  `/api/v2/search?q=${WORD}`,
  ...authors.map((id) => `/api/v1/accounts/${id}/statuses`),
  ...world.facts.slice(0, 12).map(({ id }) => `/api/v1/statuses/${id}/context`),
]

test(`CVE-2026-28431: every way of reading shows each viewer what a plain model allows, and nothing else (seed ${seed})`, async () => {
  boosted.clear()
  const world = await makeWorld()
  const authors = [...new Set(world.facts.map(({ author }) => author))]
  const viewers = [undefined, ...world.people.filter(({ account }) => !world.suspended.has(account.id))]
  const wrong: string[] = []
  let triples = 0
  for (const viewer of viewers) {
    const id = viewer?.account.id
    const app = client(viewer)
    const allowed = new Set(world.facts.filter((fact) => maySee(world, id, fact)).map((fact) => fact.id))
    const compare = (route: string, shown: Set<string>, isWhole: boolean) => {
      triples += world.facts.length
      for (const fact of world.facts) {
        const [is, should] = [shown.has(fact.id), allowed.has(fact.id)]
        if (is === should || (should && !isWhole)) continue
        wrong.push(`${route} for ${viewer?.account.username}: ${fact.visibility} ${fact.id} is ${is}`)
      }
    }
    const actor = viewer?.actor ?? ({ kind: 'visitor' } as const)
    const all = world.facts.map((fact) => fact.id)
    compare('visibleAmong', new Set(await visibleAmong({ actor, remote: nowhere }, all)), true)
    const single = new Set<string>()
    for (const fact of world.facts)
      if ((await app.get(`/api/v1/statuses/${fact.id}`)).status === 200) single.add(fact.id)
    compare('one by one', single, true)
    const many = new Set<string>()
    for (let from = 0; from < all.length; from += 20) {
      const query = all.slice(from, from + 20).map((each) => `id[]=${each}`)
      idsIn((await app.get(`/api/v1/statuses?${query.join('&')}`)).body, many)
    }
    compare('many at once', many, true)
    for (const path of lists(world, authors)) {
      const { status, body } = await app.get(`${path}${path.includes('?') ? '&' : '?'}limit=40`)
      if (status < 400) compare(path, idsIn(body), false)
    }
  }
  expect(wrong).toEqual([])
  expect(triples).toBeGreaterThan(POSTS * 400)
}, 240_000)
