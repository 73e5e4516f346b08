import { deliverMail, type OwedMail } from '#core/auth/deliver-mail'
import type { Ctx } from '#core/ctx'
import type { FactName } from '#platform/facts'
import type { FollowUp } from './consequences.ts'
import { relay } from './relay.ts'
import { doubling, type Trade } from './runner.ts'
import { keepTime, type Schedule } from './schedules.ts'

/** Everything the workers of this process know how to do. */
export type Knowledge = { ctx: Ctx; followUps: Map<FactName, FollowUp[]>; schedules: Map<string, Schedule> }

/** Each kind of owed work, how it is done, how many at a time, and how patiently. */
export const trades = ({ ctx, followUps, schedules }: Knowledge): Record<string, Trade> => ({
  fact: { handle: relay(ctx, followUps, false), concurrency: 20, tries: 12, pause: doubling },
  'heavy-fact': { handle: relay(ctx, followUps, true), concurrency: 2, tries: 5, pause: doubling },
  mail: {
    handle: (row) => deliverMail(row.payload as OwedMail),
    concurrency: 5,
    tries: 12,
    pause: doubling,
  },
  schedule: {
    handle: keepTime(ctx, schedules),
    concurrency: 4,
    tries: Number.POSITIVE_INFINITY,
    pause: () => 30,
  },
})
