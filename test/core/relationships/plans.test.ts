import type { Ctx } from '#core/ctx'
import { blockedDomains, domainFollows } from '#core/relationships/domain-block.queries'
import { endorsedBy } from '#core/relationships/endorsement.queries'
import { familiarFollowers } from '#core/relationships/familiar.queries'
import { relationshipsOf } from '#core/relationships/relationship.queries'
import { writeNote } from '#core/relationships/write-note'
import { blockDomain } from '#core/relationships/block-domain'
import { rows } from '#platform/db'
import { cast } from '#test/factories/account'
import { runsOf } from '#test/support/plans'

/** 5,000 people of a hundred servers with follows, notes, endorsements and blocked domains; the first is the viewer. */
async function seed(): Promise<void> {
  const pairs = (divisor: number) =>
    `FROM accounts AS a JOIN accounts AS b ON b.id <> a.id WHERE a.id <= 500 AND (a.id + b.id * 7) % ${divisor} = 0`
  for (const sql of [
    `INSERT INTO accounts (id, username, domain, uri) SELECT n, 'u' || n, 'd' || n % 100 || '.example',
       'https://remote.example/' || n FROM generate_series(1, 5000) AS n`,
    `INSERT INTO follows (follower_id, followed_id, state) SELECT a.id, b.id, 'accepted' ${pairs(50)}`,
    `INSERT INTO endorsements (endorser_id, endorsed_id) SELECT a.id, b.id ${pairs(100)}`,
    `INSERT INTO account_notes (owner_id, account_id, comment) SELECT a.id, b.id, 'x' ${pairs(90)}`,
    `INSERT INTO blocks (blocker_id, blocked_id) SELECT a.id, b.id ${pairs(70)}`,
    `INSERT INTO domain_blocks (account_id, domain) SELECT a.id, 'b' || n || '.example'
     FROM accounts AS a, generate_series(1, 40) AS n WHERE a.id <= 500`,
    'ANALYZE',
  ])
    await rows({}, sql)
}

test('no query about notes, endorsements, domains and common friends reads a table from end to end', async () => {
  const { alice } = await cast('alice')
  await seed()
  const ctx: Ctx = { ...alice.ctx, actor: { ...alice.actor, accountId: '1' } }
  const page = Array.from({ length: 40 }, (_, n) => String(n + 2))
  const runs = await runsOf(async () => {
    await relationshipsOf(ctx, '1', page)
    await familiarFollowers(ctx, '1', page)
    await endorsedBy(ctx, '1', { limit: 40 })
    await endorsedBy(ctx, '1', { limit: 40, max_id: '300' })
    await blockedDomains(ctx, '1', { limit: 100 })
    await domainFollows(ctx, '1', 'd7.example')
    await writeNote(ctx, { accountId: '2', comment: 'x' })
    await writeNote(ctx, { accountId: '2', comment: '' })
    await blockDomain(ctx, { domain: 'new.example' })
  })
  const large = /Seq Scan on (accounts|follows|endorsements|account_notes|domain_blocks|blocks)\b/
  expect(runs.length).toBeGreaterThan(8)
  expect(runs.filter(({ plan }) => large.test(plan)).map(({ sql, plan }) => `${sql}\n${plan}`)).toEqual([])
  // Common friends of a page are sought from either side: a hundred followed, or seventy followers of each of forty.
  expect(runs.filter(({ wasted }) => wasted > 3000)).toEqual([])
})
