import type { Account } from '../accounts/account.model.ts'
import { findAccount } from '../accounts/find-account.ts'
import { accountIdOf } from '../actor.ts'
import { collectionCards } from '../collections/collection.queries.ts'
import type { Ctx } from '../ctx.ts'
import { readSettings } from '../instances/read-settings.ts'
import { visibleAmong } from '../posts/post.queries.ts'
import { Post } from '../posts/post.model.ts'
import { cleanText } from '../text/clean-text.ts'
import { Forbidden, Invalid, NotFound } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Report } from './report.model.ts'

export const reportCategories = ['spam', 'legal', 'violation', 'other'] as const
const COMMENT = 1000

export type NewReport = {
  accountId: Id
  postIds: Id[]
  collectionIds?: Id[]
  comment: string
  category: (typeof reportCategories)[number]
  ruleIds: string[]
  /** Tell the account's own server, too. */
  forward: boolean
  /** Only when it is among these, where any are named. */
  forwardTo?: string[]
}

/**
 * A member tells the moderators about an account, posts and collections of it (MISC-12). Throws NotFound for an account that
 * is not here, and for what is not its or what the member may not see; Invalid for a comment that is too long and for rules
 * that there are not.
 */
export async function fileReport(ctx: Ctx, draft: NewReport): Promise<Report> {
  const reporterId = accountIdOf(ctx.actor)
  if (!reporterId) throw new Forbidden()
  const target = await findAccount(ctx, { id: draft.accountId })
  const comment = cleanText(draft.comment)
  if (comment.length > COMMENT)
    throw new Invalid(`Validation failed: Comment is too long (maximum is ${COMMENT} characters)`)
  const collectionIds = draft.collectionIds ?? []
  await assertTheirs(ctx, target.id, draft.postIds)
  await assertCollections(ctx, target.id, collectionIds)
  await assertRules(ctx, draft.ruleIds)
  return transact(ctx, async (ctx) => {
    const report = await Report.create(
      {
        reporterId,
        targetId: target.id,
        postIds: draft.postIds,
        collectionIds,
        comment,
        category: draft.ruleIds.length > 0 ? 'violation' : draft.category,
        ruleIds: draft.ruleIds,
        isForwarded: isForwarded(draft, target),
      },
      { transaction: ctx.tx },
    )
    await emit(ctx, 'report.filed', { reportId: report.id })
    return report
  })
}

function isForwarded({ forward, forwardTo = [] }: NewReport, { isLocal, domain }: Account): boolean {
  return forward && !isLocal && (forwardTo.length === 0 || forwardTo.includes(domain ?? ''))
}

async function assertTheirs(ctx: Ctx, authorId: Id, postIds: Id[]): Promise<void> {
  if (postIds.length === 0) return
  const seen = await visibleAmong(ctx, postIds)
  const theirs = await Post.count({ where: { id: seen, authorId } })
  if (theirs !== new Set(postIds).size) throw new NotFound()
}

async function assertCollections(ctx: Ctx, ownerId: Id, ids: Id[]): Promise<void> {
  const seen = await collectionCards(ctx, ids)
  const theirs = new Set(seen.filter((each) => each.ownerId === ownerId).map((each) => each.id))
  if (!ids.every((id) => theirs.has(id))) throw new NotFound()
}

async function assertRules(ctx: Ctx, ruleIds: string[]): Promise<void> {
  if (ruleIds.length === 0) return
  const { rules } = await readSettings(ctx)
  if (!ruleIds.every((id) => rules.some((rule) => rule.id === id)))
    throw new Invalid('Validation failed: Rule ids does not reference valid rules')
}
