import type { Ctx } from '#core/ctx'
import { buildIndex } from '#core/search/build-index'
import { schedule } from '../schedules.ts'

const goOnWithIndex = async (ctx: Ctx): Promise<void> => {
  await buildIndex(ctx)
}

export default schedule({ every: '1m', run: goOnWithIndex })
