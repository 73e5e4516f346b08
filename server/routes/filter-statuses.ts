import { z } from 'zod'
import { addFilteredPost } from '#core/filters/add-filtered-post'
import { findFilter } from '#core/filters/find-filter'
import { findFilteredPost } from '#core/filters/find-filtered-post'
import { removeFilteredPost } from '#core/filters/remove-filtered-post'
import { id } from '../input.ts'
import { routes } from '../routes.ts'
import { filteredPostJson } from '../serializers/filter.ts'

const read = ['read:filters']
const write = ['write:filters']
const one = z.looseObject({ id: id() })
const parent = z.looseObject({ filter_id: id() })
const entry = z.looseObject({ filter_id: id(), status_id: id() })

export default routes('/api/v2/filters', (r) => {
  r.get(
    '/:filter_id/statuses',
    { scopes: read, input: parent, answers: 'Array<FilterStatus>' },
    async (ctx, { filter_id: filterId }) => (await findFilter(ctx, { filterId })).posts.map(filteredPostJson),
  )
  r.post(
    '/:filter_id/statuses',
    { scopes: write, input: entry, answers: 'FilterStatus' },
    async (ctx, { filter_id: filterId, status_id: postId }) =>
      filteredPostJson(await addFilteredPost(ctx, { filterId, postId })),
  )
  r.get('/statuses/:id', { scopes: read, input: one, answers: 'FilterStatus' }, async (ctx, asked) =>
    filteredPostJson(await findFilteredPost(ctx, { entryId: asked.id })),
  )
  r.delete('/statuses/:id', { scopes: write, input: one, answers: 'Empty' }, (ctx, { id: entryId }) =>
    removeFilteredPost(ctx, { entryId }),
  )
})
