import { Account } from '#core/accounts/account.model'
import { instanceActor } from '#core/accounts/instance-actor'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { Report } from '#core/moderation/report.model'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { flagActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'

/** Sends a report on to the server of the account, in the name of the instance and never of the reporter (rule 146). */
export async function forwardReport(ctx: Ctx, { reportId }: Facts['report.filed']): Promise<void> {
  const report = await Report.findByPk(reportId)
  const target = report?.isForwarded ? await Account.findByPk(report.targetId) : null
  if (!report || !target || target.isLocal) return
  const posts = await Post.findAll({ where: { id: report.postIds } })
  const [us, inboxes] = await Promise.all([instanceActor(ctx), inboxesOf([target.id], { personal: true })])
  const objects = [accountUri(target), ...posts.map(postUri)]
  await deliver(
    ctx,
    { activity: flagActivity(report.id, us, objects, report.comment), senderId: us.id },
    inboxes,
  )
}
