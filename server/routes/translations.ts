import { z } from 'zod'
import { translatePost } from '#core/posts/translation/translate-post'
import { id, text } from '../input.ts'
import { routes } from '../routes.ts'
import { translationJson } from '../serializers/translation.ts'

export default routes('/api/v1/statuses', (r) => {
  r.post(
    '/:id/translate',
    {
      scopes: ['read:statuses'],
      input: z.looseObject({ id: id(), lang: text() }),
      limit: 'posting',
      answers: 'Translation',
    },
    async (ctx, { id: postId, lang }) =>
      translationJson(await translatePost(ctx, { postId, language: lang })),
  )
})
