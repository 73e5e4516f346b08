import { readSettings } from '#core/instances/read-settings'
import { allowDomain } from '#core/moderation/allow-domain'
import { command } from '../command.ts'

export default command('domains allow <domain>', {
  says: 'Speak with a domain, and those below it, where only allowed ones are spoken with.',
  run: async (ctx, { domain }) => {
    const name = await allowDomain(ctx, { domain: String(domain), isAllowed: true })
    const { federation } = await readSettings(ctx)
    const more = '; "kith config set federation allowed" makes it one of the only ones'
    console.log(`${name} is allowed${federation === 'allowed' ? '' : more}.`)
  },
})
