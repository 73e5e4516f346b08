import { Reaction } from '#core/reactions/reaction.model'
import { reactionNames } from '../reaction.ts'
import { subject } from '../subject.ts'

export default subject({
  kinds: ['reaction'],
  key: 'reaction',
  load: async (ctx, ids) => {
    const found = await Reaction.findAll({ where: { id: [...ids] }, transaction: ctx.tx ?? null })
    return new Map(found.map(({ id, emoji, picture }) => [id, reactionNames(emoji, picture)]))
  },
})
