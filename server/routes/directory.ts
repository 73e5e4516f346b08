import { z } from 'zod'
import { directory } from '#core/discovery/directory.queries'
import { readSettings } from '#core/instances/read-settings'
import { NotFound } from '#platform/errors'
import { bool, limit, number, text } from '../input.ts'
import { routes } from '../routes.ts'
import { accountsJson } from '../serializers/account.ts'

const input = z.looseObject({ limit: limit(40, 80), offset: number(), order: text(), local: bool() })

/** Who wants to be found (ACCT-41). */
export default routes('/api/v1/directory', (r) => {
  r.get(
    '/',
    { access: 'optional', input, answers: 'Array<Account>' },
    async (ctx, { limit, offset = 0, order, local = false }) => {
      if (!(await readSettings(ctx)).directory) throw new NotFound()
      const page = { limit, offset: Math.max(0, Math.trunc(offset) || 0), isLocal: local }
      const found = await directory(ctx, { ...page, order: order === 'new' ? 'new' : 'active' })
      return accountsJson(ctx, found)
    },
  )
})
