import { User } from '#core/auth/user.model'
import type { Ctx } from '#core/ctx'
import { nowhere } from '#core/remote'
import { seedCommunity, type Seeded } from '#core/seeding/seed-community'
import { composeText } from '#core/text/compose-text'
import { instance } from '#config/instance'
import { row, rows } from '#platform/db'
import { isPassword } from '#platform/passwords'
import { member } from '#test/factories/account'
import { kith } from '#test/support/cli'

const ctx: Ctx = { actor: { kind: 'operator' }, remote: nowhere }
const seed = (more: object = {}): Promise<Seeded> =>
  seedCommunity(ctx, { accounts: 60, posts: 1500, follows: 900, ...more })

/** How many rows of a query there are: what breaks a rule. */
const count = async (sql: string): Promise<number> =>
  (await row<{ count: number }>({}, `SELECT count(*)::int AS count FROM ${sql}`))?.count ?? 0

describe('seeding a community', () => {
  it('writes as much as was asked for, and says so', async () => {
    const made = await seed()
    expect(made).toMatchObject({ accounts: 60, posts: 1500, follows: 900 })
    expect(await count('posts')).toBe(1500)
    expect(await count('posts WHERE boost_of_id IS NOT NULL')).toBe(made.boosts)
    expect(await count('posts WHERE reply_to_id IS NOT NULL')).toBe(made.replies)
    expect(await count('reactions')).toBe(made.favourites)
    expect(await count("follows WHERE state = 'accepted'")).toBe(900)
  })

  it('keeps every counter equal to what it counts', async () => {
    await seed()
    const wrongPosts = `posts AS p WHERE boosts_count <> (SELECT count(*) FROM posts WHERE boost_of_id = p.id)
      OR favourites_count <> (SELECT count(*) FROM reactions WHERE post_id = p.id)
      OR replies_count <> (SELECT count(*) FROM posts WHERE reply_to_id = p.id AND visibility IN ('public', 'unlisted'))`
    const wrongAccounts = `accounts AS a WHERE posts_count <> (SELECT count(*) FROM posts WHERE author_id = a.id)
      OR followers_count <> (SELECT count(*) FROM follows WHERE followed_id = a.id)
      OR following_count <> (SELECT count(*) FROM follows WHERE follower_id = a.id)
      OR last_post_at IS DISTINCT FROM (SELECT max(published_at) FROM posts WHERE author_id = a.id)`
    expect([await count(wrongPosts), await count(wrongAccounts)]).toEqual([0, 0])
  })

  it('gives ids that are in order of time, whole threads, and answers as real ones are', async () => {
    await seed()
    expect(await count(`posts WHERE id >> 16 <> (extract(epoch FROM published_at) * 1000)::bigint`)).toBe(0)
    expect(await count('posts WHERE reply_to_id IS NULL AND thread_id <> id')).toBe(0)
    const wrong = `posts AS p JOIN posts AS parent ON parent.id = p.reply_to_id WHERE p.thread_id <> parent.thread_id
      OR p.published_at < parent.published_at OR parent.boost_of_id IS NOT NULL
      OR p.reply_to_account_id <> CASE WHEN parent.author_id = p.author_id
        THEN coalesce(parent.reply_to_account_id, p.author_id) ELSE parent.author_id END
      OR (parent.visibility = 'private' AND p.visibility <> 'private')`
    expect(await count(wrong)).toBe(0)
    expect(
      await count(`posts AS p JOIN accounts AS a ON a.id = p.author_id WHERE p.published_at < a.created_at`),
    ).toBe(0)
    expect(
      await count(`posts AS b JOIN posts AS p ON p.id = b.boost_of_id WHERE p.visibility = 'private'`),
    ).toBe(0)
  })

  it('writes HTML, mentions and hashtags that belong to the text', async () => {
    await seed()
    const posts = await rows<{
      text: string
      html: string
      names: string[]
      tags: string[]
      addresses: string[]
    }>(
      {},
      `SELECT text, html,
         array(SELECT a.username FROM mentions AS m JOIN accounts AS a ON a.id = m.account_id WHERE m.post_id = p.id) AS names,
         array(SELECT h.name FROM post_hashtags AS t JOIN hashtags AS h ON h.id = t.hashtag_id WHERE t.post_id = p.id) AS tags
       FROM posts AS p WHERE boost_of_id IS NULL`,
    )
    for (const { text, html, names, tags } of posts) {
      const mentions = new Map(
        names.map((name) => [name, { url: `${instance.origin}/@${name}`, username: name, acct: name }]),
      )
      expect(html).toBe(composeText(text, { origin: instance.origin, format: 'post', mentions }))
      expect(text.match(/@\w+/g) ?? []).toEqual(names.map((name) => `@${name}`))
      expect(text.match(/#[^\s#]+/g) ?? []).toHaveLength(tags.length)
    }
  })

  it('is lifelike: unequal, multilingual, dense of late, with some content warnings', async () => {
    await seed()
    const [most] = await rows<{ share: number }>(
      {},
      'SELECT max(followers_count) / avg(followers_count)::float8 AS share FROM accounts',
    )
    expect(most?.share).toBeGreaterThan(2)
    expect(
      await count('(SELECT DISTINCT language FROM posts WHERE language IS NOT NULL) AS l'),
    ).toBeGreaterThan(3)
    expect(await count("posts WHERE published_at > now() - interval '60 days'")).toBeGreaterThan(500)
    expect(await count("posts WHERE published_at < now() - interval '200 days'")).toBeGreaterThan(20)
    expect(await count("posts WHERE spoiler_text <> ''")).toBeGreaterThan(5)
  })

  it('lets everybody log in with the password it tells', async () => {
    const { password, someone } = await seed()
    const user = await User.findOne({ where: { email: `${someone}@people.example` }, rejectOnEmpty: true })
    expect(await isPassword(password, user.passwordHash)).toBe(true)
    expect(user.confirmedAt && user.approvedAt).toBeTruthy()
  })

  it('adds to people who are there already, and to what it made before', async () => {
    await member('ada')
    await seed()
    await seed({ seed: 2 })
    await seed({ seed: 2 })
    expect(await count('accounts')).toBe(181)
  })

  it('makes as many follows as there can be when more are asked for', async () => {
    expect(await seed({ accounts: 5, posts: 0, follows: 1000 })).toMatchObject({ follows: 20, posts: 0 })
    expect(await seed({ accounts: 1, posts: 3, follows: 1000, seed: 3 })).toMatchObject({
      follows: 0,
      posts: 3,
    })
  })

  it('runs from the command line and tells the counts', async () => {
    const { code, out } = await kith('seed', '--accounts', '10', '--posts', '30', '--follows', '40')
    expect(code).toBe(0)
    expect(out).toMatch(/accounts +10\n(.*\n)?.*follows +40/)
    expect(out).toMatch(/password \S+; \w+ posts most/)
    expect(await kith('seed', '--accounts', 'many')).toMatchObject({ code: 2 })
    expect(await kith('seed', '--accounts', '0')).toMatchObject({ code: 1 })
  })
})
