import { instance } from '#config/instance'
import { createInvite } from '#core/auth/create-invite'
import { inSeconds } from '#platform/clock'
import { Invalid } from '#platform/errors'
import { command } from '../command.ts'

const DAY = 86_400

function endOf(days: unknown): Date | undefined {
  if (days === undefined) return undefined
  if (!(Number(days) > 0)) throw new Invalid('An invite holds for a number of days.')
  return inSeconds(Number(days) * DAY)
}

export default command('invites create', {
  says: 'Make a code that lets people sign up, also where nobody else may.',
  options: [
    { flags: '--max-uses <number>', says: 'how many may use it; without, as many as like' },
    { flags: '--days <number>', says: 'for how many days it holds; without, for ever' },
    { flags: '--note <text>', says: 'what it is for', usual: '' },
  ],
  run: async (ctx, { maxUses, days, note }) => {
    const invite = await createInvite(ctx, {
      maxUses: maxUses === undefined ? undefined : Number(maxUses),
      expiresAt: endOf(days),
      note: String(note),
    })
    console.log(`${instance.origin}/invite/${invite.code}`)
  },
})
