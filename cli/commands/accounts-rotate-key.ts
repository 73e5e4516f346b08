import { rotateKey } from '#core/accounts/rotate-key'
import { command } from '../command.ts'
import { memberCtx } from '../member.ts'

export default command('accounts rotate-key <name>', {
  says: 'Give a member a new key to sign with, and tell other servers: when the old one may be known.',
  run: async (ctx, { name }) => {
    await rotateKey(await memberCtx(ctx, String(name)))
    console.log(`${name} signs with a new key from now on.`)
  },
})
