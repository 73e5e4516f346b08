import { removeEmoji } from '#core/media/remove-emoji'
import { command } from '../command.ts'

export default command('emojis remove <shortcode>', {
  says: 'Take a custom emoji away with its picture. Posts that used it show its code.',
  run: async (ctx, { shortcode }) => {
    await removeEmoji(ctx, { shortcode: String(shortcode) })
    console.log('It is gone.')
  },
})
