import { listen } from '../listen.ts'
import { takeModeration } from '../take-moderation.ts'

/** Lock of a thread by a moderator of a group that is hosted here (feature groups-11). */
export default listen(['Lock'], async (ctx, incoming) => {
  await takeModeration(ctx, incoming)
})
