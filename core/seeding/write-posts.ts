import type { TxCtx } from '../ctx.ts'
import { rows } from '#platform/db'
import type { Chance } from './chance.ts'
import { type Person, type PostPlan, visibilities } from './community.ts'
import { composePost, type Said } from './compose-post.ts'
import { moment, reserveIds, slices } from './reserve-ids.ts'

const posts = `
  INSERT INTO posts (id, author_id, boost_of_id, reply_to_id, reply_to_account_id, thread_id, visibility, text, html,
    spoiler_text, is_sensitive, language, replies_count, boosts_count, favourites_count, published_at, received_at)
  SELECT id, author, boost_of, reply_to, reply_to_account, thread, visibility, text, html, spoiler, spoiler <> '',
    nullif(language, ''), replies, boosts, favourites, ${moment('at')}, ${moment('at')}
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::int[], $13::int[], $14::int[], $15::float8[])
    AS p (id, author, boost_of, reply_to, reply_to_account, thread, visibility, text, html, spoiler, language, replies,
      boosts, favourites, at)`

const mentions = `
  INSERT INTO mentions (post_id, account_id, position)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[])`

const hashtags = `
  INSERT INTO post_hashtags (post_id, hashtag_id, position, is_public, author_id)
  SELECT post, (SELECT id FROM hashtags WHERE name = tag), position, is_public,
    (SELECT author_id FROM posts WHERE id = post)
  FROM unnest($1::bigint[], $2::text[], $3::smallint[], $4::boolean[]) AS t (post, tag, position, is_public)`

const favourites = `
  INSERT INTO reactions (id, account_id, post_id)
  SELECT kith_id(${moment('at')}), account, post
  FROM unnest($1::bigint[], $2::bigint[], $3::float8[]) AS f (account, post, at)`

const silence: Said = { text: '', html: '', spoilerText: '', language: '', tags: [], mentioned: [] }

export type Counted = { favourites: number }

/** Writes the posts of a plan with their mentions, hashtags and favourites; the plan gets their ids. */
export async function writePosts(
  ctx: TxCtx,
  plan: PostPlan,
  people: readonly Person[],
  means: { chance: Chance; now: number; tagNames: ReadonlyMap<string, string> },
  onProgress: (count: number) => void,
): Promise<Counted> {
  const counted = { favourites: 0 }
  for (const [start, end] of slices(plan.count, 4000)) {
    const numbers = Array.from({ length: end - start }, (_, at) => start + at)
    const ids = await reserveIds(ctx, [...plan.at.subarray(start, end)])
    for (const [at, id] of ids.entries()) plan.id[start + at] = BigInt(id)
    const said = numbers.map((number) =>
      (plan.boostOf[number] ?? -1) < 0 ? composePost(plan, number, people, means.chance) : silence,
    )
    await rows(ctx, posts, postColumns(plan, numbers, people, said))
    await writeMentions(ctx, ids, said)
    await writeTags(
      ctx,
      ids,
      said,
      means.tagNames,
      numbers.map((number) => plan.visibility[number] === 0),
    )
    counted.favourites += await writeFavourites(ctx, plan, numbers, people, means)
    onProgress(numbers.length)
  }
  return counted
}

function postColumns(
  plan: PostPlan,
  numbers: readonly number[],
  people: readonly Person[],
  said: readonly Said[],
): unknown[] {
  const idsOf = (column: Int32Array) => numbers.map((number) => plan.idOf(column[number] ?? -1))
  const peopleOf = (column: Int32Array) => numbers.map((number) => people[column[number] ?? -1]?.id ?? null)
  const counts = (column: Int32Array) => numbers.map((number) => column[number])
  return [
    numbers.map((number) => plan.idOf(number)),
    peopleOf(plan.author),
    idsOf(plan.boostOf),
    idsOf(plan.replyTo),
    peopleOf(plan.replyToAccount),
    idsOf(plan.thread),
    numbers.map((number) => visibilities[plan.visibility[number] ?? 0]),
    said.map(({ text }) => text),
    said.map(({ html }) => html),
    said.map(({ spoilerText }) => spoilerText),
    said.map(({ language }) => language),
    counts(plan.replies),
    counts(plan.boosts),
    counts(plan.favourites),
    numbers.map((number) => plan.at[number]),
  ]
}

async function writeMentions(ctx: TxCtx, ids: readonly string[], said: readonly Said[]): Promise<void> {
  const all = said.flatMap(({ mentioned }, at) =>
    mentioned.map(({ id }, position) => ({ post: ids[at], id, position })),
  )
  const columns = [all.map(({ post }) => post), all.map(({ id }) => id), all.map(({ position }) => position)]
  if (all.length > 0) await rows(ctx, mentions, columns)
}

async function writeTags(
  ctx: TxCtx,
  ids: readonly string[],
  said: readonly Said[],
  tagNames: ReadonlyMap<string, string>,
  isPublic: readonly boolean[],
): Promise<void> {
  const all = said.flatMap(({ tags }, at) => tags.map((tag, position) => ({ at, tag, position })))
  const columns = [
    all.map(({ at }) => ids[at]),
    all.map(({ tag }) => tagNames.get(tag)),
    all.map(({ position }) => position),
    all.map(({ at }) => isPublic[at]),
  ]
  if (all.length > 0) await rows(ctx, hashtags, columns)
}

async function writeFavourites(
  ctx: TxCtx,
  plan: PostPlan,
  numbers: readonly number[],
  people: readonly Person[],
  { chance, now }: { chance: Chance; now: number },
): Promise<number> {
  const all: { account: string; post: string | null; at: number }[] = []
  for (const number of numbers) {
    const fans = new Set<number>()
    while (fans.size < (plan.favourites[number] ?? 0)) fans.add(chance.below(people.length))
    for (const fan of fans)
      all.push({
        account: people[fan]?.id ?? '',
        post: plan.idOf(number),
        at: soonAfter(plan.at[number] ?? 0, now, chance),
      })
  }
  const columns = [all.map(({ account }) => account), all.map(({ post }) => post), all.map(({ at }) => at)]
  if (all.length > 0) await rows(ctx, favourites, columns)
  return all.length
}

// Within hours; never all at one moment, of which only so many ids can be made.
function soonAfter(since: number, now: number, chance: Chance): number {
  const at = since + 60_000 - Math.log(1 - chance.next()) * 7_200_000
  return Math.floor(at < now ? at : since + (now - since) * chance.next())
}
