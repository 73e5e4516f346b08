import { suspendDomain } from '#core/moderation/suspend-domain'
import { command } from '../command.ts'

export default command('domains block <domain>', {
  says: 'Take nothing from a domain, or from one below it, send nothing there, hide who is there and end follows.',
  options: [
    { flags: '--public-comment <text>', says: 'what is told to those who may read the list of blocks' },
    { flags: '--private-comment <text>', says: 'what staff should know' },
  ],
  run: async (ctx, { domain, publicComment, privateComment }) => {
    const done = await suspendDomain(ctx, {
      domain: String(domain),
      ...(publicComment === undefined ? {} : { publicComment: String(publicComment) }),
      ...(privateComment === undefined ? {} : { privateComment: String(privateComment) }),
    })
    console.log(
      `${done.domain} is suspended, and with it ${done.count} accounts that were not before. ${done.members} members lose follows.`,
    )
  },
})
