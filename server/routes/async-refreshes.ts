import { z } from 'zod'
import { findRefresh } from '#core/refreshes/find-refresh'
import { routes } from '../routes.ts'
import { refreshJson } from '../serializers/refresh.ts'

export default routes('/api/v1_alpha/async_refreshes', (r) => {
  r.get(
    '/:id',
    { scopes: ['read'], input: z.looseObject({ id: z.string() }), answers: 'AsyncRefreshResponse' },
    async (_ctx, { id }) => ({ async_refresh: refreshJson(await findRefresh(id)) }),
  )
})
