import { allowDomain } from '#core/moderation/allow-domain'
import { command } from '../command.ts'

export default command('domains disallow <domain>', {
  says: 'Take back that a domain is allowed. What is here of it stays.',
  run: async (ctx, { domain }) => {
    const name = await allowDomain(ctx, { domain: String(domain), isAllowed: false })
    console.log(`${name} is not allowed any more.`)
  },
})
