import { z } from 'zod'
import { keepWebSettings } from '#core/auth/keep-web-settings'
import { readWebSettings } from '#core/auth/read-web-settings'
import { type Handler, routes } from '../routes.ts'

const input = z.looseObject({ data: z.looseObject({}) })

const keep: Handler<z.output<typeof input>> = async (ctx, { data }) => {
  await keepWebSettings(ctx, data)
  return {}
}

export default routes('/api/web/settings', (r) => {
  r.get('/', { access: 'session', answers: 'WebSettings' }, async (ctx) => ({
    data: await readWebSettings(ctx),
  }))
  r.put('/', { access: 'session', input, answers: 'Empty' }, keep)
  r.patch('/', { access: 'session', input, answers: 'Empty' }, keep)
})
