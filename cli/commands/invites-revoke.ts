import { findInvite } from '#core/auth/find-invite'
import { now } from '#platform/clock'
import { command } from '../command.ts'

export default command('invites revoke <code>', {
  says: 'End an invite; whoever came by it stays.',
  run: async (ctx, { code }) => {
    const invite = await findInvite(ctx, String(code))
    await invite.update({ expiresAt: now() })
    console.log(`Nobody comes in by ${invite.code} any more.`)
  },
})
