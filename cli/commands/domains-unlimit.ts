import { unlimitDomain } from '#core/moderation/unlimit-domain'
import { command } from '../command.ts'

export default command('domains unlimit <domain>', {
  says: 'Show who is of a domain to everybody again.',
  run: async (ctx, { domain }) => {
    const { count } = await unlimitDomain(ctx, { domain: String(domain) })
    console.log(`It is not limited any more, nor are ${count} accounts that were limited with it.`)
  },
})
