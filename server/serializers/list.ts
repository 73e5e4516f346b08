import type { List } from '#core/relationships/list.model'

/** A list as its owner reads it. */
export const listJson = (list: Pick<List, 'id' | 'title' | 'repliesPolicy' | 'isExclusive'>) => ({
  id: list.id,
  title: list.title,
  replies_policy: list.repliesPolicy,
  exclusive: list.isExclusive,
})
