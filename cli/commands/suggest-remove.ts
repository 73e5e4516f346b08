import { featureAccount } from '#core/discovery/feature-account'
import { command } from '../command.ts'

export default command('suggest remove <handle>', {
  says: 'Tell members no more to follow an account.',
  run: async (ctx, { handle }) => {
    await featureAccount(ctx, { acct: String(handle), isFeatured: false })
    console.log(`${handle} is suggested no more.`)
  },
})
