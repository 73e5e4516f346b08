import type { Ctx } from '../ctx.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { KEY_LIFETIME } from './claim-key.ts'

/** Forgets idempotency keys that count no more (POST-02). */
export async function clearKeys(ctx: Ctx): Promise<void> {
  const oldest = new Date(now().getTime() - KEY_LIFETIME * 1000)
  await rows(ctx, 'DELETE FROM idempotency_keys WHERE created_at < $1', [oldest])
}
