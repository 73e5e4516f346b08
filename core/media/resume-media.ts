import type { Ctx } from '../ctx.ts'
import { rows } from '#platform/db'
import { owe } from '#platform/owed-work'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'

const abandoned = `state IN ('waiting', 'processing') AND created_at < now() - interval '1 minute'
  AND (leased_until IS NULL OR leased_until < now())`

/**
 * Finds media whose holder died: uploads are owed again, and what lies elsewhere waits for the next look. An
 * upload is owed once however often this runs.
 */
export const resumeMedia = (ctx: Ctx): Promise<void> =>
  transact(ctx, async (ctx) => {
    await rows(
      ctx,
      `UPDATE media SET state = 'remote', leased_until = NULL WHERE ${abandoned} AND remote_url IS NOT NULL`,
    )
    const uploads = await rows<{ id: Id }>(
      ctx,
      `SELECT id FROM media WHERE ${abandoned} AND remote_url IS NULL LIMIT 500`,
    )
    const payloads = uploads.map(({ id }) => ({ name: 'medium.uploaded', payload: { mediumId: id } }))
    await owe(
      ctx,
      payloads.map((payload) => ({ kind: 'fact', key: `medium ${payload.payload.mediumId}`, payload })),
    )
  })
