import { reviewTrend } from '#core/trends/review-trend'
import { isId } from '#platform/ids'
import { command, WrongUsage } from '../command.ts'
import { kindOf } from '../trend-kind.ts'

export default command('trends approve <kind> <id>', {
  says: 'Say that a hashtag, post or link may trend, by its id in `trends list`.',
  run: async (ctx, { kind, id }) => {
    if (!isId(id)) throw new WrongUsage('The id is a number that `trends list` shows.')
    await reviewTrend(ctx, { kind: kindOf(kind), id, isTrendable: true })
    console.log('It is approved.')
  },
})
