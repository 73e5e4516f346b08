import { Severance } from '#core/relationships/severance.model'
import { subject } from '../subject.ts'

const render = (severance: Severance) => ({
  id: severance.id,
  type: severance.reason,
  purged: false,
  target_name: severance.targetName,
  followers_count: severance.followersCount,
  following_count: severance.followingCount,
  created_at: severance.createdAt.toISOString(),
})

export default subject({
  kinds: ['severed_relationships'],
  key: 'event',
  load: async (ctx, ids) => {
    const found = await Severance.findAll({ where: { id: [...ids] }, transaction: ctx.tx ?? null })
    return new Map(found.map((each) => [each.id, render(each)]))
  },
})
