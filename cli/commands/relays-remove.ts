import { unsubscribeFromRelay } from '#core/relays/unsubscribe-from-relay'
import { command } from '../command.ts'

export default command('relays remove <url>', {
  says: 'Leave a relay. Posts that it brought stay.',
  run: async (ctx, { url }) => {
    await unsubscribeFromRelay(ctx, { url: String(url) })
    console.log('It is told, and gets nothing any more.')
  },
})
