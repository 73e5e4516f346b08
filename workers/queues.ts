import { deliverMail, type OwedMail } from '#core/auth/deliver-mail'
import type { Ctx } from '#core/ctx'
import { pauseBeforePush, pushTries, sendPush } from '#core/notifications/push/send-push'
import { fetchPreview } from '#core/previews/fetch-preview'
import { indexElsewhere } from '#core/search/index-elsewhere'
import { processFedify } from '#federation/fedify'
import { collectListeners } from '#federation/listen'
import { processActivity } from '#federation/process-activity'
import { deliveryTries, pauseBeforeDelivery, sendDelivery } from '#federation/send-delivery'
import { Unavailable } from '#platform/errors'
import { heedFacts } from '#platform/facts'
import type { OwedRow } from '#platform/owed-work'
import { collectConsequences } from './consequences.ts'
import { relay } from './relay.ts'
import { doubling, type Trade } from './runner.ts'
import { collectSchedules, keepTime, type Schedule } from './schedules.ts'

/**
 * Each kind of owed work: how it is done, how many at a time, and how patiently. Collects consequences, schedules and
 * inbox listeners; facts without consequences are not written from then on.
 */
export async function learnTrades(
  ctx: Ctx,
): Promise<{ trades: Record<string, Trade>; schedules: Map<string, Schedule> }> {
  const [followUps, schedules, listeners] = await Promise.all([
    collectConsequences(),
    collectSchedules(),
    collectListeners(),
  ])
  heedFacts(followUps.keys())
  const trades = {
    fact: { handle: relay(ctx, followUps, false), concurrency: 20, tries: 12, pause: doubling },
    'heavy-fact': { handle: relay(ctx, followUps, true), concurrency: 2, tries: 5, pause: doubling },
    inbox: { handle: processActivity(ctx, listeners), concurrency: 20, tries: 10, pause: doubling },
    fedify: { handle: processFedify, concurrency: 10, tries: deliveryTries, pause: pauseBeforeDelivery },
    // Most of it is waiting for others; hosts that answer late must leave room for those that do not.
    delivery: {
      handle: sendDelivery,
      concurrency: 160,
      lent: 320,
      tries: deliveryTries,
      pause: pauseBeforeDelivery,
    },
    mail: {
      handle: (row: OwedRow) => deliverMail(row.payload as OwedMail),
      concurrency: 5,
      tries: 12,
      pause: doubling,
    },
    push: {
      handle: (row: OwedRow) => sendPush(ctx, row),
      concurrency: 20,
      tries: pushTries,
      pause: pauseBeforePush,
    },
    preview: {
      handle: (row: OwedRow) => fetchPreview(ctx, row.payload as { previewId: string }),
      concurrency: 4,
      tries: 8,
      pause: doubling,
    },
    index: {
      handle: (row: OwedRow) => indexElsewhere(ctx, row.payload as { postId: string }),
      concurrency: 8,
      // The search server may be away for days: what it missed waits.
      isAway: (error: unknown) => error instanceof Unavailable,
      tries: 12,
      pause: (attempts: number) => Math.max(30, doubling(attempts)),
    },
    schedule: {
      handle: keepTime(ctx, schedules),
      concurrency: 4,
      tries: Number.POSITIVE_INFINITY,
      pause: () => 30,
    },
  }
  return { trades, schedules }
}
