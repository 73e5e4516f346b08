import { createToken } from '#core/auth/create-token'
import { parseScopes } from '#core/auth/scopes'
import { command } from '../command.ts'
import { printJson } from '../print.ts'

export default command('tokens create <name>', {
  says: 'Make an access token with which a program acts for a member.',
  options: [
    { flags: '--scopes <scopes>', says: 'what the token allows', usual: 'read write follow push' },
    { flags: '--json', says: 'print the result as JSON' },
  ],
  run: async (ctx, { name, scopes, json }) => {
    const wanted = parseScopes(String(scopes))
    const issued = await createToken(ctx, { username: String(name), scopes: wanted })
    if (json) printJson({ token: issued.token, scopes: issued.scopes })
    else console.log(issued.token)
  },
})
