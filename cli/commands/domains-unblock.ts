import { readmitDomain } from '#core/moderation/readmit-domain'
import { command } from '../command.ts'

export default command('domains unblock <domain>', {
  says: 'Speak with a domain again. Who is there comes back once their server was asked about them; follows do not.',
  run: async (ctx, { domain }) => {
    const { count } = await readmitDomain(ctx, { domain: String(domain) })
    console.log(`It is not suspended any more. ${count} accounts come back as their server tells of them.`)
  },
})
