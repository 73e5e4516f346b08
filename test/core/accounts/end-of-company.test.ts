import { endAccount } from '#core/accounts/end-account'
import { createAnnouncement } from '#core/announcements/create-announcement'
import { dismissAnnouncement } from '#core/announcements/dismiss-announcement'
import { publishAnnouncement } from '#core/announcements/publish-announcement'
import { reactToAnnouncement } from '#core/announcements/react-to-announcement'
import { AnnualReport } from '#core/annual-reports/annual-report.model'
import { createCollection } from '#core/collections/create-collection'
import { dismissSuggestion } from '#core/discovery/dismiss-suggestion'
import { featureAccount } from '#core/discovery/feature-account'
import { rankAccounts } from '#core/discovery/rank-accounts'
import { blockDomain } from '#core/relationships/block-domain'
import { endorseAccount } from '#core/relationships/endorse-account'
import { followAccount } from '#core/relationships/follow-account'
import { writeNote } from '#core/relationships/write-note'
import { nowhere } from '#core/remote'
import { rows } from '#platform/db'
import { as, member, type Member } from '#test/factories/account'
import { settle } from '#test/support/settle'

const operator = { actor: { kind: 'operator' } as const, remote: nowhere }

// Each with the column that says whose a row is.
const tables = {
  account_notes: 'owner_id',
  endorsements: 'endorser_id',
  domain_blocks: 'account_id',
  account_ranks: 'account_id',
  featured_accounts: 'account_id',
  suggestion_dismissals: 'account_id',
  announcement_dismissals: 'account_id',
  announcement_reactions: 'account_id',
  collections: 'owner_id',
  collection_items: 'account_id',
  annual_reports: 'account_id',
}

test('an account that ends leaves nothing of its company behind, and others keep theirs', async () => {
  const [alice, bob, carol] = await Promise.all(
    ['alice', 'bob', 'carol'].map((name) => member(name, { account: { isDiscoverable: true } })),
  )
  const { id: announcementId } = await createAnnouncement(operator, { text: 'hello' })
  await publishAnnouncement(operator, { announcementId })
  await rankAccounts(operator)
  const live = async (who: Member, other: Member) => {
    const [accountId, id] = [other.account.id, who.account.id]
    await as(who, followAccount, { accountId })
    await as(who, endorseAccount, { accountId })
    await as(who, writeNote, { accountId, comment: 'x' })
    await as(who, blockDomain, { domain: 'remote.example' })
    await as(who, dismissSuggestion, { accountId })
    await as(who, dismissAnnouncement, { announcementId })
    await as(who, reactToAnnouncement, { announcementId, name: '🐝' })
    const usual = { name: 'x', isSensitive: false, isDiscoverable: true }
    await as(who, createCollection, { ...usual, accountIds: [id] })
    await featureAccount(operator, { acct: who.account.username, isFeatured: true })
    await AnnualReport.create({ accountId: id, year: 2025 })
  }
  await live(alice!, carol!)
  await live(bob!, carol!)
  const owners = async () => {
    const found = Object.entries(tables).map(([table, column]) =>
      rows<{ id: string }>({}, `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} <> $1`, [
        carol!.account.id,
      ]),
    )
    return (await Promise.all(found)).map((each) => each.map(({ id }) => id).sort())
  }
  const [both, one] = [[alice!.account.id, bob!.account.id].sort(), [bob!.account.id]]
  expect(await owners()).toEqual(Object.keys(tables).map(() => both))
  await endAccount(alice!.ctx, { accountId: alice!.account.id })
  await settle()
  expect(await owners()).toEqual(Object.keys(tables).map(() => one))
})
