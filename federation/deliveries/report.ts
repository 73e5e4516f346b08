import { Account } from '#core/accounts/account.model'
import { instanceActor } from '#core/accounts/instance-actor'
import { accountUri, postUri } from '#core/addresses'
import type { Ctx } from '#core/ctx'
import { dialectAt } from '#core/instances/dialect'
import { Report } from '#core/moderation/report.model'
import { Post } from '#core/posts/post.model'
import type { Facts } from '#platform/facts'
import { flagActivity, singleFlagActivity } from '../activities.ts'
import { deliver, inboxesOf } from '../deliveries.ts'
import { hostOf } from '../properties.ts'

/** Sends a report on to the server of the account, in the name of the instance and never of the reporter (rule 146). */
export async function forwardReport(ctx: Ctx, { reportId }: Facts['report.filed']): Promise<void> {
  const report = await Report.findByPk(reportId)
  const target = report?.isForwarded ? await Account.findByPk(report.targetId) : null
  if (!report || !target || target.isLocal) return
  const posts = await Post.findAll({ where: { id: report.postIds } })
  const [us, inboxes] = await Promise.all([instanceActor(ctx), inboxesOf([target.id], { personal: true })])
  const [to, content] = [accountUri(target), report.comment]
  const uris = posts.map(postUri)
  const dialect = await dialectAt(hostOf(to) ?? '')
  // Some read one object alone (feature flags-reports-02); who reported is told to nobody there either.
  const activities =
    dialect === 'threadiverse' || dialect === 'peertube'
      ? (uris.length > 0 ? uris : [to]).map((uri, at) =>
          singleFlagActivity({ id: report.id, at }, us, uri, { to, content }),
        )
      : [flagActivity(report.id, us, [to, ...uris], content)]
  for (const activity of activities) await deliver(ctx, { activity, senderId: us.id }, inboxes)
}
