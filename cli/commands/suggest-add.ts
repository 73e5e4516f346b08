import { featureAccount } from '#core/discovery/feature-account'
import { command } from '../command.ts'

export default command('suggest add <handle>', {
  says: 'Tell members to follow an account that is known here.',
  run: async (ctx, { handle }) => {
    await featureAccount(ctx, { acct: String(handle), isFeatured: true })
    console.log(`${handle} is suggested to everybody now.`)
  },
})
