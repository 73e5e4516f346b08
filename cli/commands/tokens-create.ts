import { createToken } from '#core/auth/create-token'
import { parseScopes } from '#core/auth/scopes'
import { command } from '../command.ts'

export default command('tokens create <name>', {
  says: 'Make an access token with which a program acts for a member.',
  options: [
    { flags: '--scopes <scopes>', says: 'what the token allows', usual: 'read write follow push' },
    { flags: '--json', says: 'print the result as JSON' },
  ],
  run: async (ctx, { name, scopes, json }) => {
    const wanted = parseScopes(String(scopes))
    const token = await createToken(ctx, { username: String(name), scopes: wanted })
    console.log(json ? JSON.stringify({ token, scopes: wanted }) : token)
  },
})
