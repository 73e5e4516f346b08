import { limitDomain } from '#core/moderation/limit-domain'
import { command } from '../command.ts'

export default command('domains limit <domain>', {
  says: 'Show who is of a domain, or of one below it, to followers only: in no public list, no trend and no thread.',
  options: [
    { flags: '--public-comment <text>', says: 'what is told to those who may read the list of blocks' },
    { flags: '--private-comment <text>', says: 'what staff should know' },
  ],
  run: async (ctx, { domain, publicComment, privateComment }) => {
    const done = await limitDomain(ctx, {
      domain: String(domain),
      ...(publicComment === undefined ? {} : { publicComment: String(publicComment) }),
      ...(privateComment === undefined ? {} : { privateComment: String(privateComment) }),
    })
    console.log(`${done.domain} is limited, and with it ${done.count} accounts that were not before.`)
  },
})
