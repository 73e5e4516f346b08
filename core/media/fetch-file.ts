import { isOurs } from '../addresses.ts'
import type { Ctx } from '../ctx.ts'
import { domainsAbove, isBarred } from '../instances/instance.policy.ts'
import { limits } from '#config/limits'
import { row } from '#platform/db'
import { Invalid } from '#platform/errors'
import { http } from '#platform/http'
import { FetchFailed } from '#platform/http-errors'
import type { Id } from '#platform/ids'
import { openStore } from '#platform/storage'
import type { MediumPurpose } from './medium.model.ts'
import { frames } from './medium.policy.ts'

/** Tells another server of this kind that its proxy was asked by a proxy: it looks no further (CVE-2024-49363). */
export const hopHeader = 'kith-media-hop'

/**
 * Downloads a file of an account elsewhere to `path`, which must not exist. Throws Invalid when its address is one of
 * ours or its server's media are refused here (federation rule 230), FetchFailed when it cannot be had, Unavailable
 * when there is no room.
 */
export async function fetchFile(
  ctx: Ctx,
  { ownerId, purpose }: { ownerId: Id; purpose: MediumPurpose },
  url: string,
  path: string,
): Promise<void> {
  if (isOurs(url)) throw new Invalid('The file lies here.')
  if (await isRefused(ctx, ownerId, url)) throw new Invalid('Media of this server are not fetched.')
  await (await openStore()).assertRoom()
  const maxBytes =
    purpose === 'attachment'
      ? limits.media.videoBytes
      : Math.max(limits.media.imageBytes, purpose === 'preview' ? 0 : frames[purpose].bytes)
  const { status } = await http.download({ url, file: path, maxBytes, headers: { [hopHeader]: '1' } })
  if (status < 200 || status > 299) throw new FetchFailed('status', url, `status ${status}`, { status })
}

/**
 * By the domain of its owner and the host it lies on, each with all domains above it. Where only allowed domains are spoken
 * with, that of its owner counts: files lie on hosts of their own.
 */
async function isRefused(ctx: Ctx, ownerId: Id, url: string): Promise<boolean> {
  const host = URL.parse(url)?.hostname ?? ''
  const owner = await row<{ domain: string | null; isBarred: boolean | null }>(
    ctx,
    `SELECT a.domain, a.domain IS NOT NULL AND ${isBarred('a.domain')} AS "isBarred" FROM accounts AS a WHERE a.id = $1`,
    [ownerId],
  )
  if (owner?.isBarred) return true
  const rule = await row(
    ctx,
    `SELECT FROM domain_rules WHERE domain = ANY ($1::text[]) AND (reject_media OR severity = 'suspend') LIMIT 1`,
    [[host, owner?.domain ?? ''].flatMap(domainsAbove)],
  )
  return rule !== undefined
}
