import { listEmojis } from '#core/media/list-emojis'
import { Answer } from '../answers.ts'
import { routes } from '../routes.ts'
import { pickableEmojiJson } from '../serializers/emoji.ts'

export default routes('/api/v1/custom_emojis', (r) => {
  r.get('/', { access: 'none', answers: 'Array<CustomEmoji>' }, async (ctx) => {
    const emojis = await listEmojis(ctx)
    return new Answer(200, emojis.map(pickableEmojiJson), { 'Cache-Control': 'public, max-age=60' })
  })
})
